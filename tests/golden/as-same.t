The same bytes from the same source, wherever, whenever and as whoever one is:
object and listing.

  $ mkdir -p here there/deep && umask 022 && cp examples/*.wasp here
  > cd here && for f in *.wasp; do
  >     LC_ALL=C TZ=UTC wasp-as -o "${f%sp}o" --list="${f%.wasp}.lst" "$f"
  > done
  > sleep 1 && cd ../there/deep && umask 077 && cp ../../examples/*.wasp .
  > for f in *.wasp; do
  >     env -i PATH="$PATH" HOME=/nosuch USER=nobody LC_ALL=de_DE.UTF-8 \
  >         TZ=Asia/Tokyo wasp-as -o "${f%sp}o" --list="${f%.wasp}.lst" "$PWD/$f"
  > done
  $ ls here/*.wo here/*.lst | wc -l
  6
  ls: cannot access 'here/*.wo': No such file or directory
  $ for f in here/*.wo here/*.lst; do cmp "$f" "there/deep/${f#here/}"; done
  cmp: here/*.wo: No such file or directory
