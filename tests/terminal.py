# SPDX-License-Identifier: BSD-2-Clause
"""A user at a terminal: types, and waits for what must come."""

import os
import pty
import select
import sys

PATIENCE = 60           # seconds, for a machine that is busy
PROMPT = b"(wasp) "


class Terminal:
    def __init__(self, *command):
        self.command = command
        self.read = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm", HOME="/nonexistent", LC_ALL="C")
            os.execvp(command[0], command)
        self.expect(PROMPT)

    def fail(self, what):
        print(f"{self.command}: {what}; read: {self.read!r}")
        sys.exit(1)

    def more(self):
        """What comes next; empty at the end."""
        ready, _, _ = select.select([self.fd], [], [], PATIENCE)
        if not ready:
            self.fail("nothing comes")
        try:
            return os.read(self.fd, 4096)
        except OSError:         # the other side is closed
            return b""

    def expect(self, text):
        """Read until the text has come; what stands before it is given."""
        while text not in self.read:
            got = self.more()
            if not got:
                self.fail(f"no {text!r} until the end")
            self.read += got
        before, _, self.read = self.read.partition(text)
        return before

    def type(self, keys, *texts):
        os.write(self.fd, keys)
        for text in texts:
            self.expect(text)

    def command_line(self, keys, *texts):
        self.type(keys, *texts, PROMPT)

    def end(self, status):
        while self.more():
            pass
        _, ended = os.waitpid(self.pid, 0)
        if os.waitstatus_to_exitcode(ended) != status:
            self.fail(f"ended with {ended}")
        os.close(self.fd)


def main():
    terminal = Terminal("wasp-run", "--debug", "count.wo")
    # A command and a name are completed; what is not certain is listed.
    terminal.command_line(b"ste\t\r", b"=>  1  bz")
    terminal.command_line(b"print lim\t\r", b"limit = 5")
    terminal.type(b"info \t", b"breakpoints", b"words")
    # ^C gives a line up, and only that.
    terminal.command_line(b"\x03", b"^C")
    terminal.command_line(b"quit\x03", b"^C")
    # After a step, an empty line is one more; after print it is nothing.
    terminal.command_line(b"step\r", b"=>  2  mov")
    terminal.command_line(b"\r", b"=>  3  addi")
    terminal.command_line(b"print pc\r", b"pc = 3")
    terminal.command_line(b"\r")
    # A line is edited: ^A, ^E, backspace; and what was typed comes again.
    terminal.command_line(b"rint pcc\x01p\x05\x7f\r", b"pc = 3")
    terminal.command_line(b"\x1b[A\r", b"pc = 3")
    terminal.command_line(b"\x1b[A\x1b[A\r", b"=>  4  mov")
    # An error is told, and nothing ends.
    terminal.command_line(b"stp\r", b"did you mean step?")
    # Names of files.
    terminal.command_line(b"load cou\t\r", b"packet 2")
    # ^D leaves.
    terminal.type(b"\x04", b"quit")
    terminal.end(0)

    # Where the program comes by a pipe, commands come from the terminal.
    terminal = Terminal("sh", "-c", "cat count.wo | wasp-run --debug")
    terminal.command_line(b"s\r", b"created")
    terminal.type(b"q\r")
    terminal.end(0)

    # ^C stops what moves on; it can not have come to its end, since nobody
    # reads what it prints.
    terminal = Terminal("wasp-run", "--debug", "-c", "10000", "count.wo")
    terminal.type(b"continue\r", b"50: node")
    terminal.command_line(b"\x03", b"interrupted")
    terminal.command_line(b"where\r", b"packet")
    terminal.type(b"quit\r")
    terminal.end(0)


if __name__ == "__main__":
    main()
