/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the store instructions do with a key that was checked, for every machine
 * that is compiled from semantics.h: the reference machine (vm.c) and the one
 * inside the kernel (xdp/run.bpf.h).  "Mapping: one lookup copies the 32 bytes beside
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

/*
 * Whether the packet may write is asked before anything is mapped: the answer
 * may take longer than others should wait for an entry.
 */
static inline uint32_t
vm_map(VM_ARGS, uint64_t key, bool create)
{
	enum ess_result result;
	uint64_t name;
	bool writable;

	if (key_space(key) == KEY_INVITATION)
		return 0;
	name = VM_NAME(key);
	writable = VM_MAY_WRITE(name);
	if (create && !writable)
		return 0;
	result = VM_MAP(name, create);
	if (result == ESS_BUSY || (create && result == ESS_NONE))
		vm->marks |= PACKET_STATUS_REFUSED;
	if (result == ESS_NONE || result == ESS_BUSY)
		return 0;
	vm->mapped = true;
	vm->writable = writable;
	return result;
}

/* Carry out the store instruction of that isa_code; what its register gets. */
static inline __attribute__((always_inline)) uint32_t
vm_access(VM_ARGS, unsigned code, uint64_t key)
{
	vm_unmap(VM_PASS);
	switch (code) {
	case ISA_CODE_INVITE:
		return VM_INVITE(key);
	case ISA_CODE_REROUTE:
		return VM_REROUTE(key);
	default:
		return vm_map(VM_PASS, key, code == ISA_CODE_INSERT);
	}
}

#endif
