/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What esp.bpf.c and who measures with it tell each other. */
#ifndef XDP_ESP_H
#define XDP_ESP_H

enum { ESP_OFF = 34 };		/* of 'W' in the frame */

#endif
