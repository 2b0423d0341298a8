/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of hosts; see cli.h. */
#include <config.h>

#include "cli/cli.h"

#include <netdb.h>
#include <sys/socket.h>

/* The first address of a name, as the resolver sorts them. */
static void
look_up(const struct cli *cli, uint8_t family, const char *name,
	uint8_t addr[static IP_ADDR_SIZE])
{
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM,
		.ai_flags = AI_ADDRCONFIG,
		.ai_family = family == 0 ? AF_UNSPEC :
			family == 4 ? AF_INET : AF_INET6};
	struct addrinfo *list;
	char text[NI_MAXHOST];
	int error;

	cli_lower_privileges(cli);
	error = getaddrinfo(name, NULL, &hints, &list);
	cli_raise_privileges(cli);
	if (error)
		cli_die(cli, CLI_SYSTEM, "%s: %s", name, gai_strerror(error));
	error = getnameinfo(list->ai_addr, list->ai_addrlen, text,
		sizeof(text), NULL, 0, NI_NUMERICHOST);
	freeaddrinfo(list);
	if (error || !ip_addr_parse(text, addr))
		cli_die(cli, CLI_SYSTEM, "%s: its address can not be used "
			"without a zone", name);
}

uint8_t
cli_address(const struct cli *cli, uint8_t family, const char *text,
	uint8_t addr[static IP_ADDR_SIZE])
{
	uint8_t found;

	if (!ip_addr_parse(text, addr))
		look_up(cli, family, text, addr);
	found = ip_addr_is_v4(addr) ? 4 : 6;
	if (family && family != found)
		cli_misuse(cli, "%s is no IPv%u address", text, family);
	return found;
}
