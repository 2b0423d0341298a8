/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libwasp: assemble, disassemble, verify and run WASP programs, and find, build
 * and mend the packets that carry them.  libwasp(3) is its manual; wasp-isa(7),
 * wasp-packet(7) and wasp-asm(5) say what programs, packets and sources are.
 *
 * Nothing is printed, no file opened, no process ended, and nothing kept
 * outside the handles.  Handles in different threads know nothing of each
 * other; one handle is for one thread at a time, but any number may read it at
 * once by the functions that take it const.
 *
 * No pointer may be NULL where it is not said, and every *_free takes NULL.
 * Names begin with wasp_ or WASP_.  Sizes are in bytes, times in nanoseconds.
 * Numbers in structs are in the order of the host, bytes of packets, entries
 * and addresses as they lie in the network.
 *
 * A struct that begins with struct_size can grow: set all of it to zero and
 * struct_size to its sizeof.  The library reads and writes no more than that,
 * and takes zeros for what an older caller does not have.  A struct that the
 * library hands out by a const pointer may grow at its end.
 */
#ifndef WASP_H
#define WASP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
	WASP_HEADER_SIZE = 16,		/* of a packet, from 'W' on */
	WASP_CODE_MAX = 128,		/* instructions; at least 1 */
	WASP_WORDS_MAX = 64,		/* 32-bit words of the scratchpad */
	WASP_PACKET_MAX = 528,		/* header, code and scratchpad */
	WASP_ADDR_SIZE = 16,		/* IPv6; a.b.c.d is ::ffff:a.b.c.d */
	WASP_ADDR_TEXT_SIZE = 46,	/* with its NUL */
	WASP_KEY_SIZE = 8,
	WASP_ENTRY_SIZE = 32,		/* of the store: t0..t7 */
	WASP_SECRET_SIZE = 16,
	WASP_ENV_MAX = 128,		/* fields that can be numbered */
	WASP_PROTOCOL = 253,		/* of IP, unless configured */
	WASP_UDP_PORT = 1021
};
#define WASP_ENTRY_LIFE_NS UINT64_C(10000000000)	/* of the store */
#define WASP_ENV_UNKNOWN UINT32_C(0xffffffff)	/* not known, not told */

enum wasp_result {
	WASP_OK = 0,
	WASP_REJECTED = 1,	/* the answer is no; diagnostics say why */
	WASP_NO_MEMORY = 2,
	WASP_INVALID = 3,	/* an argument is out of its range */
	WASP_NO_ROOM = 4	/* in a buffer, a length field or a store */
};

/* A few words on a result; never NULL. */
const char *wasp_result_text(enum wasp_result result);

/* The version of the library that runs, such as "0.1.0". */
const char *wasp_version(void);

/* Free what wasp_object_bytes and wasp_disassemble gave; NULL is fine. */
void wasp_free(void *memory);

/*
 * Diagnostics: what is wrong with a source or an object, where, and how to mend
 * it.  wasp-diag(7) lists all that have a code.
 */

enum wasp_severity { WASP_ERROR = 0, WASP_WARNING = 1, WASP_NOTE = 2 };

/* One diagnostic; what is pointed to lives as long as the call. */
struct wasp_diag {
	enum wasp_severity severity;
	const char *code;	/* "WASP-A012"; NULL: a note, or it has none */
	const char *message;	/* no full stop, no newline */
	const char *hint;	/* what would mend it, or NULL */
	const char *file;	/* as the caller named it, or NULL */
	unsigned line, col;	/* of the source, from 1; 0: not known;
				   columns are bytes */
	unsigned len;		/* columns that are meant */
	long offset;		/* bytes into the object; -1: not there */
	int pc;			/* index of the instruction; -1: none */
	const char *quote;	/* source line or instruction, or NULL; a line
				   ends at '\n' or NUL */
	const uint8_t *path;	/* instructions run on the way, or NULL */
	unsigned path_count;
};

/* Called for each, in the order of the source; notes follow their error. */
typedef void wasp_diag_fn(void *arg, const struct wasp_diag *diag);

/*
 * As the commands print it, "FILE:LINE:COL: error: MESSAGE [WASP-A012]" with
 * the line, a caret and the hint below, each ending in a newline.  As snprintf:
 * cut and terminated to size bytes (0: none are written), and the length
 * without the cut is returned, 0 without memory.
 */
size_t wasp_diag_text(const struct wasp_diag *diag, char *buf, size_t size);

/* What is known of a code. */
struct wasp_diag_info {
	const char *code;	/* "WASP-A012" */
	enum wasp_severity severity;
	const char *name;	/* of a warning, as in -W; "" for an error */
	const char *title, *why, *mend;	/* "" where nothing is to be said */
};

/* The row of a code, or NULL; the i-th row, NULL behind the last. */
const struct wasp_diag_info *wasp_diag_find(const char *code);
const struct wasp_diag_info *wasp_diag_at(unsigned i);

/*
 * Objects: a packet from 'W' to its last scratchpad word, with the notes that
 * name its words, labels and lines, if there are any.
 */

struct wasp_object;

/* A file that a source includes. */
struct wasp_include {
	const char *name;	/* as .include has it */
	const char *from;	/* the path of the file that has it, or NULL */
	/*
	 * Filled in by who opens it, to last until wasp_assemble returns.  The
	 * path is what messages call it; where it is NULL, that is the name.
	 */
	const char *path;
	const char *text;	/* a NUL stands behind it */
	size_t size;		/* of the text, without the NUL */
	const char *why;	/* it can not be opened, or NULL */
};

/* Open it; false where it can not be.  arg is open_arg. */
typedef bool wasp_open_fn(void *arg, struct wasp_include *file);

struct wasp_assemble_options {
	size_t struct_size;
	const char *file;	/* for messages and notes, or NULL */
	const char *warnings;	/* choices of -W, "all,no-unused"; or NULL */
	bool strip;		/* make no notes, refuse what needs them */
	const char *const *defines;	/* "NAME" (1) or "NAME=EXPRESSION", and
				   NULL behind the last; or NULL */
	wasp_open_fn *open;	/* for .include; NULL: nothing is found */
	void *open_arg;
};

/*
 * Assemble size bytes of source.  On WASP_OK the object is the caller's, who
 * frees it; else *object is NULL, and on WASP_REJECTED errors were told (a
 * choice of warnings that says nothing is one, too).  options and diag may be
 * NULL; arg is passed to diag.
 */
enum wasp_result wasp_assemble(struct wasp_object **object, const char *source,
	size_t size, const struct wasp_assemble_options *options,
	wasp_diag_fn *diag, void *arg);

/*
 * The source of an object, which assembles to the same bytes; the caller frees
 * *text, which ends with a NUL that *size (may be NULL) does not count.
 */
enum wasp_result wasp_disassemble(const struct wasp_object *object, char **text,
	size_t *size);

/*
 * Read an object file, or a packet from 'W' on, as wasp_assemble makes objects;
 * file names the bytes in messages and may be NULL.  What follows the packet
 * must be notes.  A wrong checksum is a warning.
 */
enum wasp_result wasp_object_read(struct wasp_object **object,
	const void *bytes, size_t size, const char *file, wasp_diag_fn *diag,
	void *arg);

/* The bytes of an object file, with its notes; the caller frees *bytes. */
enum wasp_result wasp_object_bytes(const struct wasp_object *object,
	void **bytes, size_t *size);

void wasp_object_free(struct wasp_object *object);

/* The packet, until the object is changed or freed. */
const uint8_t *wasp_object_packet(const struct wasp_object *object,
	size_t *size);

/* A hash of the instructions, by which a program is recognised. */
uint64_t wasp_object_hash(const struct wasp_object *object);

enum {
	WASP_FLAG_INGRESS = 8,		/* runs where it enters a node */
	WASP_FLAG_EGRESS = 4,		/* runs where it leaves */
	WASP_FLAG_BACK = 2,		/* runs also on the way back */
	WASP_FLAG_RETURNED = 1		/* is on the way back */
};
enum {
	WASP_STATUS_FAULT = 0x3f,	/* enum wasp_fault; 0: none */
	WASP_STATUS_REFUSED = 0x40,	/* a store instruction found no room */
	WASP_STATUS_FULL = 0x80		/* a push found no room */
};

/* The header of a packet, version 1. */
struct wasp_header {
	uint8_t flags;			/* WASP_FLAG_INGRESS | ... */
	uint8_t next_header;		/* protocol of the payload; 59: none */
	uint8_t code_count;		/* instructions */
	uint8_t word_count;		/* words of the scratchpad */
	uint8_t cursor;			/* word that push writes next */
	uint8_t hops;			/* nodes that have run it */
	uint8_t status;			/* WASP_STATUS_FAULT | ... */
	uint8_t fault_pc;		/* below 128 */
	bool rerouted;			/* it was, and is not again */
	uint16_t checksum;
	uint16_t ident, seq;		/* the sender's */
};
void wasp_object_header(const struct wasp_object *object,
	struct wasp_header *header);

/* Set all but the two counts, which must be the same, and the checksum. */
enum wasp_result wasp_object_set_header(struct wasp_object *object,
	const struct wasp_header *header);

/* Instruction pc and scratchpad word n; 0 where there is none. */
uint16_t wasp_object_insn(const struct wasp_object *object, unsigned pc);
uint32_t wasp_object_word(const struct wasp_object *object, unsigned n);
enum wasp_result wasp_object_set_word(struct wasp_object *object, unsigned n,
	uint32_t value);

/*
 * What --set NAME=VALUE of the commands does: NAME is a block of words, NAME+N
 * or the index of a word, VALUE a number, a key or an address.  An error goes
 * to diag, which may be NULL.
 */
enum wasp_result wasp_object_set(struct wasp_object *object, const char *name,
	const char *value, wasp_diag_fn *diag, void *arg);

/* What a block of words was declared as. */
enum wasp_block_kind {
	WASP_BLOCK_DATA = 0, WASP_BLOCK_KEY = 1, WASP_BLOCK_SECRET = 2,
	WASP_BLOCK_ADDR = 3, WASP_BLOCK_SPACE = 4, WASP_BLOCK_POOL = 5
};
enum wasp_space {			/* of keys: their top two bits */
	WASP_PUBLIC = 0, WASP_PROTECTED = 1, WASP_PRIVATE = 2,
	WASP_INVITATION = 3
};

/*
 * The notes: the program's name and its source file, or NULL; the i-th block of
 * words, label, source line and key to be drawn before sending, in no certain
 * order.  They give the name (text of the line), or NULL behind the last, and
 * fill what is asked for (any of the rest may be NULL).  Strings live until the
 * object is changed or freed.
 */
const char *wasp_object_program(const struct wasp_object *object);
const char *wasp_object_file(const struct wasp_object *object);
const char *wasp_object_block(const struct wasp_object *object, unsigned i,
	unsigned *first, unsigned *count, enum wasp_block_kind *kind);
const char *wasp_object_label(const struct wasp_object *object, unsigned i,
	unsigned *pc);
const char *wasp_object_line(const struct wasp_object *object, unsigned i,
	unsigned *pc, unsigned *line, const char **file);
bool wasp_object_random(const struct wasp_object *object, unsigned i,
	unsigned *first, enum wasp_space *space);

/* The first word of a block by its name, or -1. */
int wasp_object_find(const struct wasp_object *object, const char *name);

/*
 * The verifier: an accepted program faults at no node, but for what a node
 * grants or has (wasp-verify(1) says what that is).
 */

struct wasp_verify_options {
	size_t struct_size;
	const char *file;		/* for messages, or NULL */
	const char *warnings;		/* choices of -W, or NULL */
	unsigned max_steps, max_cost, max_accesses;	/* 0: the machine's */
	unsigned hops, mtu;		/* of its way, for warnings; 0: not
					   known */
};

/* Where, and which way, a program can run. */
enum wasp_way {
	WASP_AT_INGRESS = 0, WASP_AT_EGRESS = 1,
	WASP_AT_INGRESS_BACK = 2, WASP_AT_EGRESS_BACK = 3,
	WASP_WAYS = 4
};

/*
 * One run there.  Each minimum and maximum is that of a path of its own; bit i
 * of a set of many is bit i % 64 of its word i / 64.
 */
struct wasp_figures {
	bool runs;			/* its flags say so; else all is 0 */
	bool ends_itself;		/* it may reach a fault of its own */
	unsigned verdicts;		/* bit 1 << enum wasp_verdict */
	unsigned key_spaces;		/* bit 1 << enum wasp_space */
	unsigned min_steps, max_steps;
	unsigned min_cost, max_cost;
	unsigned min_accesses, max_accesses;
	unsigned min_pushes, max_pushes;	/* of 4 bytes */
	uint64_t insns[2];		/* bit i: wasp_insn_at(i) may be run */
	uint64_t fields[2];		/* bit enum wasp_env: may be read */
};

struct wasp_verify_result {
	size_t struct_size;
	bool accepted;
	bool keys_unknown;		/* of some key nothing is known */
	unsigned errors, warnings;	/* that were told */
	unsigned following;		/* that were not, due to these */
	unsigned key_spaces;		/* bit 1 << enum wasp_space: accessed */
	unsigned max_steps, max_cost;	/* of the worst path of all ways */
	unsigned max_accesses, max_pushes;
	struct wasp_figures way[WASP_WAYS];	/* by enum wasp_way */
};

/*
 * WASP_OK if it is accepted, else WASP_REJECTED; result is filled for both.
 * options, result and diag may be NULL.  Nothing is allocated; the stack should
 * have room for 512 KiB.
 */
enum wasp_result wasp_verify(const struct wasp_object *object,
	const struct wasp_verify_options *options,
	struct wasp_verify_result *result, wasp_diag_fn *diag, void *arg);

/*
 * Packets.  A WASP packet begins at 'W'; the functions wasp_packet_* take it
 * from there, wasp_ip_* an IPv4 or IPv6 packet around it.
 */

/* Why bytes are no WASP packet; such a packet is plain IP to a router. */
enum wasp_packet_error {
	WASP_PACKET_OK = 0,
	WASP_PACKET_SHORT_HEADER = 1,	/* fewer than 16 bytes */
	WASP_PACKET_BAD_MAGIC = 2,
	WASP_PACKET_BAD_VERSION = 3,
	WASP_PACKET_BAD_CODE_COUNT = 4,	/* 0 or above 128 */
	WASP_PACKET_BAD_WORD_COUNT = 5,	/* above 64 */
	WASP_PACKET_SHORT_CODE = 6,	/* the bytes end within the code */
	WASP_PACKET_SHORT_WORDS = 7,	/* or within the scratchpad */
	WASP_PACKET_BAD_PADDING = 8	/* of the code: it is not zero */
};

/* A sentence about an error, without a full stop; never NULL. */
const char *wasp_packet_error_text(enum wasp_packet_error error);

/*
 * Read the header from size bytes, which may go on behind the scratchpad.  It
 * is filled from WASP_PACKET_BAD_CODE_COUNT on.  The checksum is not looked at.
 */
enum wasp_packet_error wasp_packet_parse(const uint8_t *packet, size_t size,
	struct wasp_header *header);

/* Bytes of header, code and scratchpad, as the two counts say. */
size_t wasp_packet_size(const struct wasp_header *header);

/*
 * Word n of the scratchpad, 0 where there is none; and set it, the checksum
 * following by difference.  packet holds what wasp_packet_parse takes.
 */
uint32_t wasp_packet_word(const uint8_t *packet, size_t size, unsigned n);
enum wasp_result wasp_packet_set_word(uint8_t *packet, size_t size, unsigned n,
	uint32_t value);

/*
 * The Internet checksum over header, code and scratchpad, size bytes of at
 * least WASP_HEADER_SIZE: what it should be; is it; write it.
 */
uint16_t wasp_packet_checksum(const uint8_t *packet, size_t size);
bool wasp_packet_checksum_right(const uint8_t *packet, size_t size);
void wasp_packet_checksum_set(uint8_t *packet, size_t size);

/* After one 16-bit word changed (RFC 1624). */
uint16_t wasp_checksum_update(uint16_t checksum, uint16_t old_word,
	uint16_t new_word);

/* The numbers by which routers know WASP. */
struct wasp_numbers {
	uint8_t protocol;
	uint16_t udp_port;
};

enum wasp_ip_error {
	WASP_IP_OK = 0,
	WASP_IP_NOT_IP = 1,		/* neither version 4 nor 6 */
	WASP_IP_SHORT = 2,		/* the bytes end before the headers */
	WASP_IP_BAD_LENGTH = 3,		/* a length contradicts another */
	WASP_IP_OTHER = 4,		/* another protocol or port */
	WASP_IP_FRAGMENT = 5,
	WASP_IP_SOURCE_ROUTED = 6,
	WASP_IP_NO_WASP = 7,		/* the content is not: packet_error */
	WASP_IP_NESTED = 8		/* WASP inside WASP */
};
const char *wasp_ip_error_text(enum wasp_ip_error error);

/* What is around a WASP packet; those marked * are for wasp_ip_build. */
struct wasp_ip {
	size_t struct_size;
	uint8_t family;			/* * 4 or 6 */
	uint8_t hop_limit;		/* * */
	uint8_t traffic_class;		/* * DSCP and ECN */
	uint8_t protocol;		/* * WASP's, or 17: UDP */
	uint32_t flow_label;		/* * 0 in IPv4 */
	uint16_t sport, dport;		/* * 0 without UDP */
	uint8_t src[WASP_ADDR_SIZE];	/* * */
	uint8_t dst[WASP_ADDR_SIZE];	/* * */
	size_t total_size;		/* of the IP packet, as it says */
	size_t wasp_off;		/* of 'W' */
	size_t wasp_size;		/* of header, code and scratchpad */
	struct wasp_header wasp;
	enum wasp_packet_error packet_error;
	bool may_return;		/* as far as the packet can tell */
};

/*
 * Find the WASP packet in size bytes of an IP packet, which may be cut behind
 * the scratchpad.  numbers may be NULL for the usual ones.  After WASP_IP_SHORT
 * and later ones, what could be read is in *ip.  No checksum is looked at.  *ip
 * is filled as far as its struct_size says.
 */
enum wasp_ip_error wasp_ip_parse(const uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers, struct wasp_ip *ip);

/*
 * Write IP (and UDP) headers, and behind them size bytes of WASP packet and
 * payload, which are copied; all checksums around them are made, Don't Fragment
 * is set.  *built is the bytes written.  WASP_INVALID: no such family, or
 * addresses that are not of it.
 */
enum wasp_result wasp_ip_build(uint8_t *bytes, size_t room,
	const struct wasp_ip *ip, const uint8_t *wasp, size_t size,
	size_t *built);

/*
 * What routers do to a packet in place, all checksums mended: turn it back to
 * its source (R set, hop limit 64), give it another hop limit, or another
 * destination of its own family (else WASP_INVALID).  Nothing is done, and
 * WASP_INVALID given, to what wasp_ip_parse does not take.
 */
enum wasp_result wasp_ip_turn_back(uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers);
enum wasp_result wasp_ip_set_hop_limit(uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers, uint8_t hop_limit);
enum wasp_result wasp_ip_set_destination(uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers, const uint8_t *addr);

/* Addresses as text: buf has WASP_ADDR_TEXT_SIZE bytes and is returned. */
const char *wasp_addr_text(const uint8_t *addr, char *buf);
bool wasp_addr_parse(const char *text, uint8_t *addr);

/*
 * Keys of the store: of a space with the low 62 bits of a number; named by a
 * string; the name of the invitation that belongs to a secret of 8 bytes.
 */
uint64_t wasp_key(enum wasp_space space, uint64_t bits);
uint64_t wasp_key_of_string(enum wasp_space space, const char *string,
	size_t size);
uint64_t wasp_key_of_secret(const uint8_t *secret);

/*
 * Instructions.  The tables are the library's own; see wasp-isa(7).
 */

enum wasp_operand_kind {
	WASP_OPERAND_REG = 1,		/* r0..r7 */
	WASP_OPERAND_ENTRY = 2,		/* t0..t7 */
	WASP_OPERAND_WORD = 3,		/* [n] */
	WASP_OPERAND_KEY = 4,		/* [n], the words n and n + 1 */
	WASP_OPERAND_FIELD = 5,		/* enum wasp_env */
	WASP_OPERAND_UINT = 6,
	WASP_OPERAND_SINT = 7,
	WASP_OPERAND_FAULT = 8,		/* n of the instruction fault */
	WASP_OPERAND_DISP = 9		/* instructions skipped */
};
struct wasp_operand {
	uint8_t kind;			/* enum wasp_operand_kind */
	uint8_t shift, width;		/* bits of the instruction */
};

enum {					/* what an instruction does */
	WASP_READS_A = 1 << 0,		/* its first register operand */
	WASP_WRITES_A = 1 << 1,
	WASP_READS_B = 1 << 2,		/* the second */
	WASP_READS_ENTRY = 1 << 3,
	WASP_WRITES_ENTRY = 1 << 4,
	WASP_READS_WORD = 1 << 5,	/* or both of a key */
	WASP_WRITES_WORD = 1 << 6,
	WASP_READS_ENV = 1 << 7,
	WASP_PUSHES = 1 << 8,
	WASP_ACCESSES_STORE = 1 << 9,
	WASP_ENDS = 1 << 10,		/* never goes on to the next */
	WASP_JUMPS = 1 << 11
};

/* One row of the instruction set. */
struct wasp_insn {
	const char *name;		/* "LD_R": unique */
	const char *mnemonic;		/* "ld": one per form of operands */
	const char *notation, *sentence;
	uint64_t faults;		/* bit 1 << enum wasp_fault */
	uint16_t word;			/* with all operands 0 */
	uint16_t zero;			/* bits that must be 0 */
	uint16_t effects;		/* WASP_READS_A | ... */
	uint16_t cost;			/* units */
	unsigned operand_count;
	const struct wasp_operand *operands;	/* as they are written */
};

/* The i-th row, NULL behind the last; the row of a word, NULL: illegal. */
const struct wasp_insn *wasp_insn_at(unsigned i);
const struct wasp_insn *wasp_insn_decode(uint16_t word);

/* Encode: begin with the row's word; WASP_INVALID if value has no room. */
int32_t wasp_operand_get(uint16_t word, const struct wasp_operand *operand);
enum wasp_result wasp_operand_put(uint16_t *word,
	const struct wasp_operand *operand, int32_t value);

/*
 * The instruction at pc as the assembler reads it, with the names of the
 * object, which may be NULL.  As snprintf: cut to size bytes, the length
 * without the cut is returned; 160 bytes are enough.
 */
size_t wasp_insn_text(uint16_t word, unsigned pc,
	const struct wasp_object *object, char *buf, size_t size);

/* Environment fields, as instructions number them. */
enum wasp_env {
	WASP_ENV_HOOK = 0, WASP_ENV_BACK = 1, WASP_ENV_LOCAL = 2,
	WASP_ENV_LAST = 3,
	WASP_ENV_NODE0 = 4, WASP_ENV_NODE1 = 5, WASP_ENV_NODE2 = 6,
	WASP_ENV_NODE3 = 7,
	WASP_ENV_SRC0 = 8, WASP_ENV_SRC1 = 9, WASP_ENV_SRC2 = 10,
	WASP_ENV_SRC3 = 11,
	WASP_ENV_DST0 = 12, WASP_ENV_DST1 = 13, WASP_ENV_DST2 = 14,
	WASP_ENV_DST3 = 15,
	WASP_ENV_FLOW0 = 16, WASP_ENV_FLOW1 = 17,
	WASP_ENV_IN_IF = 18, WASP_ENV_OUT_IF = 19, WASP_ENV_ROLE = 20,
	WASP_ENV_MTU = 21, WASP_ENV_RATE = 22,
	WASP_ENV_QUEUE = 23, WASP_ENV_QUEUE_PKTS = 24, WASP_ENV_DROPS = 25,
	WASP_ENV_TX_PKTS = 26, WASP_ENV_TX_BYTES = 27,
	WASP_ENV_RX_PKTS = 28, WASP_ENV_RX_BYTES = 29,
	WASP_ENV_TTL = 30, WASP_ENV_LENGTH = 31, WASP_ENV_HOPS = 32,
	WASP_ENV_IDENT = 33, WASP_ENV_SEQ = 34,
	WASP_ENV_TIME_US = 35, WASP_ENV_TIME_NS = 36, WASP_ENV_TRANSIT = 37,
	WASP_ENV_FREE = 38, WASP_ENV_RANDOM = 39, WASP_ENV_TIME_S = 40
};

/* Who is told a field by default, from everyone to the operator. */
enum wasp_who {
	WASP_WHO_ALL = 0, WASP_WHO_GUEST = 1, WASP_WHO_CLIENT = 2,
	WASP_WHO_OPERATOR = 3
};
struct wasp_field {
	unsigned number;		/* enum wasp_env */
	enum wasp_who who;
	const char *name;		/* "src.0" */
	const char *alias;		/* "src4", or NULL */
	const char *unit;		/* "ns"; "": none */
	const char *sentence;
};

/* The field of that number, its name or alias; NULL: there is none. */
const struct wasp_field *wasp_field_at(unsigned number);
const struct wasp_field *wasp_field_find(const char *name);

/* Why a program ended for good; WASP_FAULT_PROGRAM + n is its own fault n. */
enum wasp_fault {
	WASP_FAULT_NONE = 0,
	WASP_FAULT_ILLEGAL = 1, WASP_FAULT_SCRATCHPAD = 2,
	WASP_FAULT_UNMAPPED = 3, WASP_FAULT_READONLY = 4,
	WASP_FAULT_ACCESSES = 5, WASP_FAULT_KEYSPACE = 6,
	WASP_FAULT_PROGRAM = 32
};

/* The name of a fault ("program-3"), as snprintf; a sentence, never NULL. */
size_t wasp_fault_name(unsigned fault, char *buf, size_t size);
const char *wasp_fault_sentence(unsigned fault);

/*
 * The store: key -> 32 bytes, for ten seconds from their creation.  The clock
 * is the caller's, any that never steps back.  Never more than capacity entries
 * live, none is evicted, nothing is allocated after wasp_store_new.
 */

struct wasp_store;

/* capacity: 1 to 1 << 28.  The places of keys are hashed with the secret. */
enum wasp_result wasp_store_new(struct wasp_store **store, size_t capacity,
	const uint8_t *secret);
void wasp_store_free(struct wasp_store *store);

/* Copy an entry out; false if none lives.  The last two may be NULL. */
bool wasp_store_get(const struct wasp_store *store, uint64_t key,
	uint64_t now_ns, uint8_t *words, uint64_t *created_ns);

/* Write to an entry, creating it where there is none.  No life is prolonged. */
enum wasp_result wasp_store_put(struct wasp_store *store, uint64_t key,
	uint64_t now_ns, const uint8_t *words);

/*
 * Put in an entry that was created then, to bring back what wasp_store_each
 * told; quick when the oldest come first.  WASP_INVALID: it is dead, not born,
 * or there already.
 */
enum wasp_result wasp_store_restore(struct wasp_store *store, uint64_t key,
	uint64_t created_ns, uint64_t now_ns, const uint8_t *words);

/* Entries that live, and that could still be created. */
size_t wasp_store_live(struct wasp_store *store, uint64_t now_ns);
size_t wasp_store_room(struct wasp_store *store, uint64_t now_ns);

/* Every live entry, in no certain order; fn does not touch the store. */
typedef void wasp_store_fn(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t *words);
void wasp_store_each(struct wasp_store *store, uint64_t now_ns,
	wasp_store_fn *fn, void *arg);

/*
 * A node: the machine, a store and the secrets that make the node's own names
 * of keys.  What it knows and allows is told for each packet at each hook.
 */

struct wasp_node;

enum wasp_hook { WASP_INGRESS = 1, WASP_EGRESS = 2 };
enum wasp_verdict { WASP_FORWARD = 0, WASP_DROP = 1, WASP_RETURN = 2 };

struct wasp_node_options {
	size_t struct_size;
	size_t capacity;		/* of the store; 0: 65536 */
	const uint8_t *secrets;		/* three random ones, 48 bytes: of
					   private keys, invitations and the
					   store; NULL: made of the seed, for
					   runs that are to repeat */
	uint64_t seed;
};

/* options may be NULL. */
enum wasp_result wasp_node_new(struct wasp_node **node,
	const struct wasp_node_options *options);
void wasp_node_free(struct wasp_node *node);

/* Its store, until the node is freed. */
struct wasp_store *wasp_node_store(struct wasp_node *node);

/* The machine before an instruction. */
struct wasp_step {
	unsigned pc;
	uint16_t word;			/* the instruction */
	uint8_t cursor;
	bool mapped, writable;		/* is there an entry behind t0..t7 */
	unsigned steps, cost, accesses;	/* so far */
	uint32_t r[8], t[8];
	const uint8_t *words;		/* the scratchpad, as it lies */
	unsigned word_count;
};

struct wasp_visit {
	size_t struct_size;
	enum wasp_hook hook;
	unsigned max_accesses;		/* of the store; 0: 4 */
	uint64_t now_ns;		/* of the store's clock */
	bool is_operator;		/* may write protected entries */
	bool may_invite;		/* route and role allow it, to src */
	uint8_t src[WASP_ADDR_SIZE];	/* what an invitation will hold */
	uint32_t interface_number;	/* of the hook's, for invitations */
	/*
	 * May the packet go to this address?  If so, update env, which has
	 * WASP_ENV_MAX words, as wasp_env_addresses does, and WASP_ENV_LOCAL.
	 * NULL: never.
	 */
	bool (*may_reroute)(void *arg, const uint8_t *addr, uint32_t *env);
	/* Called before each instruction, or NULL. */
	void (*trace)(void *arg, const struct wasp_step *step);
	void *arg;			/* for both */
	uint32_t env[WASP_ENV_MAX];	/* by enum wasp_env */
};

/*
 * Set the hook, and env: WASP_ENV_UNKNOWN, but what the packet itself tells,
 * and src, where ip, as wasp_ip_parse filled it, is not NULL.  struct_size must
 * be set, and the rest is left as it is.
 */
enum wasp_result wasp_visit_init(struct wasp_visit *visit, enum wasp_hook hook,
	const struct wasp_ip *ip);

/*
 * Set source, destination and flow; set the three times; make unknown what who
 * is not told.  env has WASP_ENV_MAX words.
 */
void wasp_env_addresses(uint32_t *env, const struct wasp_ip *ip);
void wasp_env_time(uint32_t *env, uint64_t since_1970_ns);
void wasp_env_hide(uint32_t *env, enum wasp_who who);

struct wasp_outcome {
	size_t struct_size;
	bool executed;			/* false: no bit was changed */
	bool rerouted;			/* to reroute_to */
	uint8_t reroute_to[WASP_ADDR_SIZE];
	enum wasp_verdict verdict;	/* a fault is WASP_FORWARD, and so is
					   the return of a returned packet */
	unsigned fault;			/* enum wasp_fault; of this run */
	unsigned fault_pc;
	unsigned steps, cost, accesses;
};

/*
 * Run the packet at one hook, if its header says so.  Scratchpad, cursor, hops,
 * status, fault pc and checksum change in place; what the verdict asks for is
 * the caller's to do.  WASP_INVALID where wasp_packet_parse finds an error.
 */
enum wasp_result wasp_node_run(struct wasp_node *node, uint8_t *packet,
	size_t size, const struct wasp_visit *visit,
	struct wasp_outcome *outcome);

/* The same with the packet of an object. */
enum wasp_result wasp_node_run_object(struct wasp_node *node,
	struct wasp_object *object, const struct wasp_visit *visit,
	struct wasp_outcome *outcome);

#ifdef __cplusplus
}
#endif

#endif
