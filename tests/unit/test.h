/* SPDX-License-Identifier: BSD-2-Clause */
/* What every unit test includes. */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define RUN_TESTS(tests) \
	int \
	main(void) \
	{ \
		return cmocka_run_group_tests(tests, NULL, NULL); \
	}

#endif
