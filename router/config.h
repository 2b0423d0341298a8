/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What waspd is told: interfaces with roles, addresses, limits.  Read with
 * libconfuse; waspd.conf(5) specifies the file.
 */
#ifndef ROUTER_CONFIG_H
#define ROUTER_CONFIG_H

#include "verify/policy.h"
#include "vm/node.h"
#include "wasp/diag.h"
#include "wasp/ip.h"
#include "wasp/isa.h"
#include "xdp/translator.h"

#include <net/if.h>

enum {
	CONFIG_INTERFACE_MAX = 64,
	CONFIG_PREFIX_MAX = 64,
	CONFIG_PATH_SIZE = 256,		/* of a file, NUL included */
	CONFIG_NAME_SIZE = 17,		/* of an instance, NUL included */
	CONFIG_MARK_DEFAULT = 0x40000000,
	CONFIG_QUEUE_DEFAULT = 1021,
	CONFIG_STORE_DEFAULT = 65536,
	CONFIG_RETURN_RATE_DEFAULT = 1000,
	CONFIG_WRAPS_MAX = 16,		/* rules of each of the two kinds */
	CONFIG_SETS_MAX = 16,		/* words that a rule sets */
	CONFIG_WORD_SIZE = 64		/* of a word's name, NUL included */
};
#define CONFIG_PINS_DEFAULT "/sys/fs/bpf/wasp"

/* The numbers that env role gives, and none. */
enum config_role {
	CONFIG_NO_ROLE, CONFIG_CLIENT = NODE_CLIENT, CONFIG_GUEST = NODE_GUEST,
	CONFIG_INTERNAL = NODE_INTERNAL
};

/* What handles packets: the kernel's BPF programs, or this process. */
enum config_datapath { CONFIG_AUTO, CONFIG_XDP, CONFIG_PORTABLE };

enum config_log { CONFIG_LOG_ERROR, CONFIG_LOG_WARNING, CONFIG_LOG_INFO,
	CONFIG_LOG_DEBUG };

struct config_interface {
	char name[IFNAMSIZ];
	enum config_role role;
	bool is_operator;		/* the operator's own come in here */
	bool tell_set;
	enum isa_who tell;		/* if set, not what the role says */
	bool verify_checksum;
	bool ingress, egress;		/* run the hook */
	unsigned return_rate;		/* returns a second; 0: none */
	unsigned rate_kbit;		/* env rate; 0: ask the system */
	char policy_file[CONFIG_PATH_SIZE];	/* empty: the common one */
	bool has_policy;		/* see config_read_policies */
	struct verify_policy policy;
};

struct config_prefix {
	uint8_t addr[IP_ADDR_SIZE];
	unsigned length;		/* of the 128 bits */
};

struct config_prefixes {
	struct config_prefix list[CONFIG_PREFIX_MAX];
	unsigned count;
};

/* Which packets a rule is about; what is not said may be anything. */
enum { CONFIG_PROTOCOL_ANY = -1, CONFIG_PROTOCOL_ICMP = -2 /* of both IPs */ };
struct config_match {
	int protocol;			/* one of these, or a number */
	uint16_t port;			/* source or destination; 0: any */
	uint16_t sport, dport;
	bool v4, v6;			/* of these families */
	struct config_prefix from, to;	/* length 0: any */
};

/* Where a word of the program comes from. */
enum config_source { CONFIG_PAYLOAD, CONFIG_PACKET, CONFIG_LENGTH,
	CONFIG_COUNTER };
struct config_set {
	char name[CONFIG_WORD_SIZE];	/* as the file has it */
	unsigned line;			/* where it is said */
	uint8_t word;			/* known when the program was read */
	enum config_source source;
	uint16_t off;			/* of the first byte */
	uint8_t size;			/* 1, 2 or 4 bytes */
};

/* Put a program in front of a flow's packets. */
struct config_wrap {
	char name[CONFIG_WORD_SIZE];
	unsigned line;			/* that names the program */
	struct config_match match;
	char program_file[CONFIG_PATH_SIZE];
	struct config_set sets[CONFIG_SETS_MAX];
	unsigned set_count;
	uint8_t program[PACKET_SIZE_MAX];	/* see config_read_programs */
	size_t program_size;
};

/* Take it off again. */
struct config_unwrap {
	char name[CONFIG_WORD_SIZE];
	struct config_match match;
	struct config_prefixes from, to;	/* of inner addresses that may
					   differ from the outer ones */
};

struct config {
	char name[CONFIG_NAME_SIZE];
	struct config_interface interfaces[CONFIG_INTERFACE_MAX];
	unsigned interface_count;	/* number n is interfaces[n - 1] */
	bool has_v4, has_v6;		/* node addresses are set */
	uint8_t v4[IP_ADDR_SIZE], v6[IP_ADDR_SIZE];
	struct config_prefixes operators, clients;
	struct ip_numbers numbers;
	unsigned store;			/* entries */
	struct config_wrap wraps[CONFIG_WRAPS_MAX];	/* the first that matches
					   counts */
	struct config_unwrap unwraps[CONFIG_WRAPS_MAX];
	unsigned wrap_count, unwrap_count;
	struct verify_policy policy;	/* of policy_file */
	char policy_file[CONFIG_PATH_SIZE];	/* of interfaces that have none
					   of their own; empty: none */
	unsigned accesses;		/* granted to a run */
	enum config_datapath datapath;
	bool fast;			/* past the kernel's own forwarding */
	bool sample_asked;		/* loads while programs ask, not always */
	struct translator_policy translate;
	char pins[CONFIG_PATH_SIZE];	/* where instances are pinned */
	unsigned queue;			/* of NFQUEUE */
	uint32_t mark;			/* our bits of the packet mark */
	enum config_log log;
	bool syslog;
};

void config_defaults(struct config *config);

/*
 * Read text that is called file in messages into *config, from the defaults.
 * Every error goes to the sink; false if there was one.
 */
bool config_read(struct config *config, const char *text, const char *file,
	diag_sink *sink, void *arg);

/*
 * Add what the command line says: "eth0", "eth0=client".  false with the
 * reason in diag.
 */
bool config_add_interface(struct config *config, const char *word,
	struct diag *diag);

/*
 * Set the instance's name, the log level, the data path or the directory of
 * pins, by a word; the same way.
 */
bool config_set_name(struct config *config, const char *name,
	struct diag *diag);
bool config_set_log(struct config *config, const char *level,
	struct diag *diag);
bool config_set_datapath(struct config *config, const char *which,
	struct diag *diag);
bool config_set_pins(struct config *config, const char *directory,
	struct diag *diag);

/* What must hold of the whole: at least one interface, rules about others. */
bool config_check(const struct config *config, const char *file,
	diag_sink *sink, void *arg);

/*
 * Read the policies that are named, into each interface: its own, or the common
 * one.  load gives the text of a file, which is then freed, or NULL when it
 * said why not.  false when that was so, or after an error to the sink.
 */
typedef char *config_load(void *arg, const char *path);
bool config_read_policies(struct config *config, config_load *load,
	void *load_arg, diag_sink *sink, void *arg);

/*
 * Read the programs that wrap rules name, verify them, and find their words:
 * after the policies, which they must keep.  load gives the bytes of a file and
 * their number; the rest is as above.  file is where the rules stand.
 */
typedef char *config_load_bytes(void *arg, const char *path, size_t *size);
bool config_read_programs(struct config *config, const char *file,
	config_load_bytes *load, void *load_arg, diag_sink *sink, void *arg);

/*
 * What stands in rules: "udp port 5004 from 10.0.0.0/8", and "type =
 * payload[12]".  false with the reason in diag.
 */
bool config_parse_match(const char *text, struct config_match *match,
	struct diag *diag);
bool config_parse_set(const char *text, struct config_set *set,
	struct diag *diag);

/* "192.0.2.0/24", "2001:db8::1"; false if it is none. */
bool config_parse_prefix(const char *text, struct config_prefix *prefix);

/*
 * What an interface is called in the names of invitations: by its own name, so
 * that they follow it when a new configuration numbers it anew.
 */
uint32_t config_interface_id(const struct config_interface *interface);

/* The number of an interface by name, or 0. */
unsigned config_number(const struct config *config, const char *name);

bool config_covers(const struct config_prefixes *prefixes,
	const uint8_t addr[IP_ADDR_SIZE]);

bool config_prefix_covers(const struct config_prefix *prefix,
	const uint8_t addr[IP_ADDR_SIZE]);

const char *config_role_name(enum config_role role);
const char *config_datapath_name(enum config_datapath datapath);

#endif
