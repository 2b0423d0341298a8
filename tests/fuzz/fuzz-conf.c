/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The router's configuration: any text; what is accepted keeps its limits and
 * makes rules that are whole.
 */
#include "tests/fuzz/fuzz.h"

#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "router/config.h"
#include "router/rules.h"

const char fuzz_name[] = "conf";
const unsigned fuzz_runs = 30000;
const char *const fuzz_words[] = {"interface ", "eth0 ", "{", "}", "=", ",",
	"\"", "'", "#", "//", "/*", "*/", "\n", "\\", "+=", "(", ")", "${HOME}",
	"role = ", "client", "guest", "internal", "none", "operator = true",
	"tell = ", "all", "verify-checksum = true", "ingress = false",
	"egress = no", "return-rate = ", "rate = ", "name = ", "address = ",
	"operator-prefixes = {", "client-prefixes = {", "\"10.0.0.0/8\"",
	"\"2001:db8::/32\"", "\"::/0\"", "store = ", "policy = ",
	"accesses = ", "protocol = ", "udp-port = ", "queue = ", "mark = ",
	"log = ", "debug", "syslog = on", "wrap w", "unwrap u", "match = ",
	"\"udp port 5004\"", "\"any from 10.0.0.0/8 to 2001:db8::/33\"",
	"\"tcp sport 1 dport 2\"", "\"icmp\"", "program = \"p\"",
	"set = {", "\"0 = payload 12:4\"", "\"n = counter\"", "to = {",
	"from = {", "at-the-end = true", "0", "1", "-1",
	"255", "65536", "4294967296", "99999999999999999999", "0x", NULL};

static const char edge[] =
	"name = edge\n"
	"address = {\"192.0.2.1\", \"2001:db8::1\"}\n"
	"operator-prefixes = {\"192.0.2.0/28\"}\n"
	"interface eth0 {        # customers\n    role = client\n}\n"
	"interface eth1 {\n    role = guest\n    return-rate = 100\n"
	"    verify-checksum = true\n}\n"
	"interface eth2 {\n    role = internal\n    operator = true\n}\n";
static const char inner[] =
	"interface a { tell = all\n ingress = false\n rate = 1000 }\n"
	"client-prefixes = {10.0.0.0/8, \"::/0\"}\nstore = 100\n"
	"policy = \"x/y\"\naccesses = 5\nprotocol = 254\nudp-port = 1022\nqueue = 3\n"
	"mark = 0x10\nlog = debug\nsyslog = true\n";
static const char flows[] =
	"interface a {}\n"
	"wrap w { match = \"udp port 5004 from 10.0.0.0/8\"\n"
	"  program = \"x.wo\"\n set = {\"a = payload 12:2\", \"1 = length\"} }\n"
	"wrap v { match = \"any\" program = y }\n"
	"unwrap w { match = \"icmp to 2001:db8::/32\"\n"
	"  to = {\"2001:db8::7\"} from = {\"::/0\"} }\n";
static const char wrong[] =
	"interface x { role = clint }\nstore = 0\naddress = {\"fe80::1%\"}\n"
	"/* a comment */ log = loud\n";
static const char *const texts[] = {edge, inner, flows, wrong};

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	for (size_t i = 0; i < COUNT(texts); i++)
		fuzz_add(seeds, texts[i], strlen(texts[i]));
}

static void
check_limits(const struct config *config)
{
	FUZZ_CHECK(config->interface_count <= CONFIG_INTERFACE_MAX);
	FUZZ_CHECK(config->operators.count <= CONFIG_PREFIX_MAX);
	FUZZ_CHECK(config->clients.count <= CONFIG_PREFIX_MAX);
	FUZZ_CHECK(config->store >= 1);
	FUZZ_CHECK(config->accesses >= ISA_ACCESS_MAX);
	FUZZ_CHECK(memchr(config->policy_file, '\0', CONFIG_PATH_SIZE));
	FUZZ_CHECK(config->mark != 0);
	for (unsigned i = 0; i < config->operators.count; i++)
		FUZZ_CHECK(config->operators.list[i].length <= 128);
	for (unsigned i = 0; i < config->interface_count; i++) {
		const char *name = config->interfaces[i].name;

		FUZZ_CHECK(memchr(name, '\0', IFNAMSIZ));
		FUZZ_CHECK(config_number(config, name) == i + 1);
		FUZZ_CHECK(config_role_name(config->interfaces[i].role));
		FUZZ_CHECK(strcspn(name, " \t\r\n/:\"\\") == strlen(name));
	}
	FUZZ_CHECK(config->wrap_count <= CONFIG_WRAPS_MAX);
	FUZZ_CHECK(config->unwrap_count <= CONFIG_WRAPS_MAX);
	for (unsigned i = 0; i < config->wrap_count; i++) {
		FUZZ_CHECK(config->wraps[i].set_count <= CONFIG_SETS_MAX);
		FUZZ_CHECK(config->wraps[i].match.v4 ||
			config->wraps[i].match.v6);
		FUZZ_CHECK(config->wraps[i].program_file[0]);
	}
	FUZZ_CHECK(strcspn(config->name, " \t\n/\"'#\\") ==
		strlen(config->name));
}

/* Of both families: those of each match, and what comes with them. */
static unsigned
flow_rules(const struct config *config)
{
	unsigned rules = 0;

	if (!rules_has_flows(config))
		return 0;
	for (unsigned i = 0; i < config->wrap_count; i++)
		rules += 2u * (config->wraps[i].match.v4 +
			config->wraps[i].match.v6);
	for (unsigned i = 0; i < config->unwrap_count; i++)
		rules += config->unwraps[i].match.v4 +
			config->unwraps[i].match.v6;
	return rules + 2 * 3 + (config->wrap_count ? 2 * 2 : 0);
}

/*
 * A batch of whole messages: for each interface a rule at ingress and two at
 * egress, and three of each family besides.
 */
static void
check_rules(const struct config *config)
{
	static struct rules_batch batch;
	struct rules_form form = {config->syslog, !config->syslog};
	size_t size = rules_write(&batch, config, RULES_ALL, true, form);
	const struct nlmsghdr *nlh = (const void *)batch.bytes;
	int left = (int)size;
	unsigned rules = 0;

	FUZZ_CHECK(size > 0 && size <= RULES_BATCH_SIZE);
	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left))
		rules += nlh->nlmsg_type ==
			(NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWRULE);
	FUZZ_CHECK(left == 0);
	FUZZ_CHECK(rules == 2 * (3 * config->interface_count + 3) +
		flow_rules(config));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);
	static struct config config;
	struct diag diag = {0};
	unsigned counts[DIAG_COUNT] = {0}, errors = 0;

	FUZZ_CHECK(text);
	memcpy(text, bytes, size);
	text[size] = '\0';
	if (config_read(&config, text, "conf", fuzz_sink, counts)) {
		for (unsigned i = 0; i < DIAG_COUNT; i++)
			errors += counts[i];
		FUZZ_CHECK(errors == 0);
		check_limits(&config);
		config_check(&config, "conf", fuzz_sink, NULL);
		check_rules(&config);
	}
	config_defaults(&config);
	if (config_add_interface(&config, text, &diag))
		check_limits(&config);
	if (config_set_name(&config, text, &diag))
		check_limits(&config);
	config_set_log(&config, text, &diag);
	free(text);
	return 0;
}
