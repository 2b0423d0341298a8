/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libwasp: assemble, disassemble, verify and run programs that travel in IP
 * packets.  See libwasp(3).
 */
#ifndef WASP_H
#define WASP_H

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that runs, such as "0.1.0". */
const char *wasp_version(void);

#ifdef __cplusplus
}
#endif

#endif
