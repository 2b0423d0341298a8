#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Tests in a machine of its own, emulated in software, with the kernels of Debian:
#
#	run.sh TEST...		(by `make check-kernel`, as root)
#
# KERNELS names suites of Debian whose kernel is booted, one after the other.  The
# root file system is made once, and kept in machine/ of the build tree with the
# kernels; the trees of sources and of the build lie in it at their own places.  The
# machine has no network but what tests make.
set -eu
here=${SRC:?}/tests/machine
dir=${BUILD:?}/machine
: "${KERNELS:=bookworm bookworm-backports}"
: "${MIRROR:=http://deb.debian.org/debian}"
PATH=$PATH:/usr/sbin:/sbin
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")

if [ "$(id -u)" != 0 ]; then
	echo 'check-kernel: not root' >&2
	exit 4
fi
for tool in qemu-system-x86_64 debootstrap sqfstar mksquashfs busybox cpio; do
	command -v $tool >/dev/null || {
		echo "check-kernel: no $tool; ./bootstrap check-kernel" \
			"installs what is missing" >&2
		exit 5
	}
done
mkdir -p "$dir"

words() {
	grep -v '^#' "$1"
}

# The system, once for a list of packages.
make_system() {
	if [ -e "$dir/system.sqfs" ] && cmp -s "$here/packages" "$dir/packages"
	then
		return
	fi
	rm -rf "$dir/system"
	echo "check-kernel: making a root file system of $suite"
	debootstrap --variant=minbase \
		--include="$(words "$here/packages" | paste -sd, -)" \
		"$suite" "$dir/system" "$MIRROR" >"$dir/debootstrap.log" ||
		{ tail "$dir/debootstrap.log"; exit 5; }
	mksquashfs "$dir/system" "$dir/system.sqfs.new" -quiet -no-progress \
		-noappend -noI -noD -noF -noX -e var/cache/apt var/lib/apt/lists
	rm -rf "$dir/system"
	mv "$dir/system.sqfs.new" "$dir/system.sqfs"
	cp "$here/packages" "$dir/packages"
}

# apt_of SUITE COMMAND...: apt with this suite alone, and no word of it elsewhere.
apt_of() {
	apt_dir=$dir/apt/$1
	apt_suite=$1
	shift
	apt_tool=$1
	shift
	"$apt_tool" -qq -o "Dir::Etc::SourceList=$apt_dir/list" \
		-o "Dir::Etc::SourceParts=$apt_dir/none" \
		-o "Dir::State::Lists=$apt_dir/lists" \
		-o "Dir::Cache=$apt_dir/cache" -o APT::Sandbox::User=root "$@"
}

# The packages that are its kernel: the image, and in newer ones its modules.
kernel_packages() {
	for meta in linux-image-amd64 $(apt_of "$1" apt-cache depends --important \
	    linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-.*\)/\1/p'); do
		apt_of "$1" apt-cache depends --important "$meta" | sed -n \
			's/.*Depends: \(linux-\(image\|modules\|binary\)-[0-9].*\)/\1/p'
	done | sort -u
}

# make_kernel SUITE: into kernel-SUITE/, as boot/vmlinuz-* and usr/lib/modules, and
# as the machine's second disk and what it boots from.
make_kernel() {
	k=$dir/kernel-$1
	[ ! -e "$k.cpio" ] || return 0
	echo "check-kernel: getting the kernel of $1"
	rm -rf "$k" "$dir/apt/$1"
	mkdir -p "$k/usr/lib" "$dir/apt/$1/lists/partial" \
		"$dir/apt/$1/cache/archives/partial" "$dir/apt/$1/none" \
		"$dir/apt/$1/debs"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
		"$MIRROR $1 main" >"$dir/apt/$1/list"
	apt_of "$1" apt-get update
	# shellcheck disable=SC2046
	(cd "$dir/apt/$1/debs" && apt_of "$1" apt-get download \
		$(kernel_packages "$1"))
	for deb in "$dir/apt/$1/debs"/*.deb; do
		dpkg -x "$deb" "$k"
	done
	[ ! -d "$k/lib/modules" ] || mv "$k/lib/modules" "$k/usr/lib"
	rm -rf "$k/lib" "$dir/apt/$1"
	version=$(ls "$k/usr/lib/modules")
	depmod -b "$k/usr" "$version" 2>/dev/null
	mksquashfs "$k/usr" "$k.sqfs" -quiet -no-progress \
		-noappend -noI -noD -noF -noX -keep-as-directory
	make_initramfs "$k" "$version"
}

make_initramfs() {
	rm -rf "$1/init"
	mkdir -p "$1/init/bin" "$1/init/modules"
	cp "$(command -v busybox)" "$1/init/bin/"
	install -m 755 "$here/init" "$1/init/init"
	n=100
	for module in virtio_pci virtio_blk squashfs overlay; do
		modprobe -d "$1/usr" -S "$2" --show-depends "$module"
	done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' |
	while read -r file; do
		to=$1/init/modules/$((n += 1))-$(basename "$file")
		case $file in
		*.xz) xz -dc "$file" >"${to%.xz}" ;;
		*) cp "$file" "$to" ;;
		esac
	done
	(cd "$1/init" && find . | cpio -o -H newc --quiet) >"$1.cpio.new"
	mv "$1.cpio.new" "$1.cpio"
}

# The trees, without what only compilers need, what is installed of them, and what
# tells the machine what to do.
make_trees() {
	rm -rf "$dir/stage"
	"${MAKE:-make}" -s -C "$BUILD" install DESTDIR="$dir/stage" \
		>"$dir/install.log" 2>&1 || { tail "$dir/install.log"; exit 5; }
	mkdir -p "$dir/stage/machine" \
		"$dir/stage/etc/systemd/system/default.target.wants" \
		"$dir/stage/etc/tmpfiles.d"
	install -m 755 "$here/guest.sh" "$dir/stage/machine/"
	for test; do
		echo "$test"
	done >"$dir/stage/machine/tests"
	{
		echo "SRC='$SRC' BUILD='$BUILD' NET_PATIENCE=600"
		echo "NET_TEST_MAX=7200 EMULATED=yes"
		echo "export SRC BUILD NET_PATIENCE EMULATED"
	} >"$dir/stage/machine/env"
	cp "$here/check.service" "$dir/stage/etc/systemd/system/"
	ln -s ../check.service \
		"$dir/stage/etc/systemd/system/default.target.wants/"
	# The trees may lie in /tmp.
	ln -s /dev/null "$dir/stage/etc/tmpfiles.d/tmp.conf"
	rm -f "$dir/trees.tar"
	tar -C / -cf "$dir/trees.tar" --exclude=.git --exclude='*.o' --exclude='*.a' \
		--exclude='*.la' --exclude="${dir#/}" --exclude=libfuzzer \
		--exclude='autom4te.cache' "${SRC#/}" "${BUILD#/}"
	# shellcheck disable=SC2046
	tar -C "$dir/stage" -rf "$dir/trees.tar" $(ls "$dir/stage")
	rm -f "$dir/trees.sqfs"
	sqfstar -quiet -no-progress -noI -noD -noF -noX "$dir/trees.sqfs" \
		<"$dir/trees.tar"
	rm "$dir/trees.tar"
}

# boot SUITE: what the tests print is copied as it comes; true if all passed.
boot() {
	disks=
	for layer in system "kernel-$1" trees; do
		disks="$disks -drive \
file=$dir/$layer.sqfs,format=raw,if=virtio,readonly=on"
	done
	# shellcheck disable=SC2086
	nice -n 5 qemu-system-x86_64 -accel tcg,thread=multi -cpu max,la57=off -smp 2 \
		-m "${MACHINE_MEMORY:-3072}" -display none -nic none -no-reboot \
		-kernel "$dir/kernel-$1"/boot/vmlinuz-* \
		-initrd "$dir/kernel-$1.cpio" \
		-append "console=ttyS1 loglevel=5 panic=-1 no_timer_check tsc=reliable mitigations=off systemd.getty_auto=no systemd.show_status=no" \
		$disks -serial stdio -serial "file:$dir/console-$1.log" \
		-monitor none </dev/null | sed -u 's/\r$//' | tee "$dir/tests-$1.log"
	grep -q '^machine: .* 0 failed, 0 skipped$' "$dir/tests-$1.log" || {
		grep -q '^machine: ' "$dir/tests-$1.log" ||
			tail -n 40 "$dir/console-$1.log"
		return 1
	}
}

make_system
make_trees "$@"
status=0
for kernel in $KERNELS; do
	make_kernel "$kernel"
	boot "$kernel" || status=1
done
exit $status
