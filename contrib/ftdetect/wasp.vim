autocmd BufNewFile,BufRead *.wasp setfiletype wasp
