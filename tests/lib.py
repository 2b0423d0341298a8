# SPDX-License-Identifier: BSD-2-Clause
# libwasp from a language that knows nothing of its header: assemble a program,
# verify it, run it at a node, read what it left in its scratchpad.
import ctypes
import sys

wasp = ctypes.CDLL("libwasp.so.0")
DIAG = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)

SOURCE = b"""
        .hooks ingress
        .data
answer: .word 0
        .text
        ldi r0, 42
        st r0, [answer]
        forward
"""


class Sized(ctypes.Structure):
    """A struct that the library fills as far as struct_size says."""
    _fields_ = [("struct_size", ctypes.c_size_t),
                ("bytes", ctypes.c_uint8 * 1024)]

    def __init__(self):
        super().__init__(struct_size=ctypes.sizeof(self))


def must(result):
    wasp.wasp_result_text.restype = ctypes.c_char_p
    if result != 0:
        sys.exit(wasp.wasp_result_text(result).decode())


told = []
tell = DIAG(lambda arg, diag: told.append(diag))
thing = ctypes.c_void_p()
assert wasp.wasp_assemble(ctypes.byref(thing), b"drip", ctypes.c_size_t(4),
                          None, tell, None) == 1
assert told

must(wasp.wasp_assemble(ctypes.byref(thing), SOURCE,
                        ctypes.c_size_t(len(SOURCE)), None, tell, None))
must(wasp.wasp_verify(thing, None, None, tell, None))
node, visit, outcome = ctypes.c_void_p(), Sized(), Sized()
must(wasp.wasp_node_new(ctypes.byref(node), None))
must(wasp.wasp_visit_init(ctypes.byref(visit), 1, None))
must(wasp.wasp_node_run_object(node, thing, ctypes.byref(visit),
                               ctypes.byref(outcome)))
wasp.wasp_object_word.restype = ctypes.c_uint32
answer = wasp.wasp_object_word(thing, 0)
wasp.wasp_node_free(node)
wasp.wasp_object_free(thing)
sys.exit(0 if answer == 42 else "the answer is %d" % answer)
