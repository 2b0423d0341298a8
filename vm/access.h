/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the store instructions do with a key that was checked, for every machine
 * that is compiled from semantics.h: the reference machine (vm.c) and the one inside
 * the kernel (xdp/run.bpf.h).  "Mapping: one lookup copies the 32 bytes beside
 * the registers; written back once when the program is done with it."
 *
 * Before including this, define VM_ARGS, the arguments of a function that works
 * on a machine `vm`, VM_PASS, the same to hand on, and
 *
 *	VM_NAME(key)		the node's own name of a key
 *	VM_MAY_WRITE(name)	may this packet write entries of that name?
 *	VM_MAP(name, create)	an enum ess_result: find it, or also create it,
 *				and copy its words to vm->entry
 *	VM_UNMAP(write)		let go of it, and write its words back or not;
 *				every entry that was mapped is let go of, also
 *				after a fault
 *	VM_INVITE(secret), VM_REROUTE(name)	carry it out: what rd gets
 *
 * A key here is a number; in a packet it is big-endian.
 */
#ifndef VM_ACCESS_H
#define VM_ACCESS_H

static inline void
vm_unmap(VM_ARGS)
{
	if (vm->mapped)
		VM_UNMAP(vm->dirty);
	vm->mapped = vm->writable = vm->dirty = false;
}

static inline uint32_t
vm_lookup(VM_ARGS, uint64_t key)
{
	enum ess_result result;
	uint64_t name;

	if (key_space(key) == KEY_INVITATION)
		return 0;
	name = VM_NAME(key);
	result = VM_MAP(name, false);
	if (result == ESS_BUSY)
		vm->marks |= PACKET_STATUS_REFUSED;
	if (result != ESS_FOUND)
		return 0;
	vm->mapped = true;
	vm->writable = VM_MAY_WRITE(name);
	return result;
}

static inline uint32_t
vm_insert(VM_ARGS, uint64_t key)
{
	enum ess_result result;
	uint64_t name;

	if (key_space(key) == KEY_INVITATION)
		return 0;
	name = VM_NAME(key);
	if (!VM_MAY_WRITE(name))
		return 0;
	result = VM_MAP(name, true);
	if (result == ESS_NONE || result == ESS_BUSY) {
		vm->marks |= PACKET_STATUS_REFUSED;
		return 0;
	}
	vm->mapped = vm->writable = true;
	return result;
}

/* Carry out the store instruction of that isa_code; what its register gets. */
static inline __attribute__((always_inline)) uint32_t
vm_access(VM_ARGS, unsigned code, uint64_t key)
{
	vm_unmap(VM_PASS);
	switch (code) {
	case ISA_CODE_LOOKUP:
		return vm_lookup(VM_PASS, key);
	case ISA_CODE_INSERT:
		return vm_insert(VM_PASS, key);
	case ISA_CODE_INVITE:
		return VM_INVITE(key);
	default:
		return VM_REROUTE(key);
	}
}

#endif
