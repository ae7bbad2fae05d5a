PREFIX ?= /usr/local
DESTDIR ?=
# How long `make fuzz` runs.
FUZZ_SECONDS ?= 60
# The executables that `make bench-compare` compares: the installed one, and the one built here.
OLD ?= netctl
NEW ?= $(BINARY)
# Arguments of `make compare-docker`: --sequences and --seed.
COMPARE ?=

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

BINARY := .build/release/netctl
SERVER := .build/release/netctl-server
# The libraries that Swift's runtime needs are linked in and no symbol is exported: with dynamic ones and
# their symbols, most of the time from start to exit would be the dynamic linker's.
STATIC := .build/static
# What the executable tells of its build is linked in place of Sources/CommandLine/CBuild, as an object whose name
# changes with the commit, so that it is linked anew then.
# A repository that contains this directory is not that of these sources.
export GIT_CEILING_DIRECTORIES := $(dir $(CURDIR))
COMMIT ?= $(shell git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || echo unknown)
FACTS = $(STATIC)/commit-$(COMMIT).o
# Without --disable-local-rpath, the dynamic linker would look for each library beside the executable first.
# Regular expressions of the standard library are never used, but would be linked in. Generic code is specialized
# across modules: otherwise its types are made at run time, each with a search through all conformances.
RELEASE = -c release --static-swift-stdlib --disable-local-rpath \
  -Xswiftc -use-ld=lld -Xswiftc -L$(CURDIR)/$(STATIC) -Xlinker $(CURDIR)/$(FACTS) -Xlinker --no-export-dynamic \
  -Xswiftc -Xfrontend -Xswiftc -disable-implicit-string-processing-module-import \
  -Xswiftc -cross-module-optimization -Xcc -DNETCTL_STATIC_RUNTIME $(PACK)
# The dynamic linker reads packed relocations faster, since glibc 2.36.
PACK = $(if $(shell grep -qs GLIBC_ABI_DT_RELR "$$(clang -print-file-name=libc.so.6)" && echo yes), \
  -Xlinker -z -Xlinker pack-relative-relocs)
TEST_LOG := .build/test.log
SYMBOLS := .build/docs-symbols
# The Swift modules of the library: the directories two levels below Sources, without the C targets and the executables,
# and without the servers, for which C modules of other packages would have to be found.
MODULES = $(filter-out CBuild CLibMNL CLinux netctl EtcdClient NameServer OverlayAgent netctl-server,$(notdir $(wildcard Sources/*/*)))
FUZZ := .build/fuzz
FUZZER := $(FUZZ)/release/netctl-fuzzer

# Debian's zsh looks for completions of packages and of the administrator in different directories.
ZSH_FOLDER := $(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
# Quoted for the shell: DESTDIR may have blanks.
INSTALLED_BINARY := "$(DESTDIR)$(PREFIX)/bin/netctl"
INSTALLED_SERVER := "$(DESTDIR)$(PREFIX)/libexec/netctl/netctl-server"
INSTALLED_BASH := "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/netctl"
INSTALLED_ZSH := "$(DESTDIR)$(PREFIX)/share/zsh/$(ZSH_FOLDER)/_netctl"
INSTALLED_FISH := "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/netctl.fish"
INSTALLED_MAN := "$(DESTDIR)$(PREFIX)/share/man"
INSTALLED_UNIT := "$(DESTDIR)$(PREFIX)/lib/systemd/system/netctl-restore.service"
INSTALLED_AGENT_UNIT := "$(DESTDIR)$(PREFIX)/lib/systemd/system/netctl-agent.service"
INSTALLED_DNS_UNIT := "$(DESTDIR)$(PREFIX)/lib/systemd/system/netctl-dns.service"
INSTALLED_DNS_SOCKET := "$(DESTDIR)$(PREFIX)/lib/systemd/system/netctl-dns.socket"
INSTALLED_DROP_IN := "$(DESTDIR)$(PREFIX)/lib/systemd/system/nftables.service.d/netctl.conf"
INSTALLED_NETWORKD := "$(DESTDIR)$(PREFIX)/lib/systemd/network/05-netctl.network"
INSTALLED_NETWORK_MANAGER := "$(DESTDIR)$(PREFIX)/lib/NetworkManager/conf.d/netctl.conf"
INSTALLED_HOOK := "$(DESTDIR)$(PREFIX)/share/containers/oci/hooks.d/netctl.json"
INSTALLED_CONFLIST := "$(DESTDIR)$(PREFIX)/share/doc/netctl/netctl.conflist"
# Where CNI runtimes look for plugins: Debian's packages have a directory of their own.
CNI_FOLDER := $(if $(filter /usr,$(PREFIX)),/usr/lib/cni,/opt/cni/bin)
INSTALLED_CNI := "$(DESTDIR)$(CNI_FOLDER)/netctl-cni"

# What has to be there, and the Debian package that brings it.
PACKAGES := Tests/Scripts/install-packages
BUILD_NEEDS := pkg-config=pkg-config libmnl.pc=libmnl-dev
DEMO_NEEDS := $(BUILD_NEEDS) ip=iproute2 nft=nftables ping=iputils-ping unshare=util-linux
TEST_NEEDS := $(BUILD_NEEDS) libnl-3.0.pc=libnl-3-dev libnl-route-3.0.pc=libnl-route-3-dev \
  ip=iproute2 nft=nftables ping=iputils-ping busybox=busybox-static python3=python3 \
  iptables-nft=iptables iptables-legacy=iptables nsenter=util-linux \
  dig=bind9-dnsutils dnsmasq=dnsmasq-base musl-gcc=musl-tools \
  mandoc=mandoc zsh=zsh fish=fish systemd-analyze=systemd strip=binutils \
  /usr/share/bash-completion/bash_completion=bash-completion \
  runc=runc crun=crun podman=podman ctr=containerd systemd-nspawn=systemd-container lxc-start=lxc \
  firejail=firejail bwrap=bubblewrap dbus-daemon=dbus-daemon \
  etcd=etcd-server etcdctl=etcd-client openssl=openssl
BENCH_NEEDS := $(BUILD_NEEDS) ip=iproute2 nft=nftables python3=python3
INSTALL_NEEDS := strip=binutils
DEB_NEEDS := dpkg-deb=dpkg gzip=gzip readelf=binutils

LINK_STATIC = mkdir -p $(STATIC); \
  printf 'const char *cbuild_%s(void) { return "%s"; }\n' commit '$(COMMIT)' \
    swift_version "$$(swift --version 2>&1 | sed -nE 's/.*Swift version ([^ ]+).*/\1/p')" \
    | clang -x c -c -o $(FACTS) -; \
  ln -sf "$$(clang -print-file-name=libstdc++.a)" $(STATIC)/; \
  ln -sf "$$(clang -print-file-name=libgcc_eh.a)" $(STATIC)/libgcc_s.a

.PHONY: build
build: ## build the release executable (this is the default)
	@$(PACKAGES) $(BUILD_NEEDS)
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl

.PHONY: server
server: ## build the long-lived part, for `netctl dns` and `netctl agent`; it brings SwiftNIO
	@$(PACKAGES) $(BUILD_NEEDS)
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl-server

.PHONY: demo
demo: ## build, and demonstrate a network from creation to removal (root)
	@Tests/Scripts/demo --check
	@$(PACKAGES) $(DEMO_NEEDS)
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	@unshare --net --mount Tests/Scripts/demo $(BINARY)

.PHONY: session
session: ## redraw the README's picture from a live session (root)
	@$(PACKAGES) $(DEMO_NEEDS) python3=python3
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	Tests/Scripts/draw-session $(BINARY) > .build/session.svg
	mv .build/session.svg Tests/Scripts/session.svg

.PHONY: test
test: lint build-tests ## check everything (without root, some tests are skipped)
	swift test --skip-build --disable-xctest 2>&1 | tee $(TEST_LOG)
	@Tests/Scripts/summarize-tests $(TEST_LOG)

.PHONY: lint
lint: test-packages ## check the style of the sources, the manual and the completions
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	mandoc -T lint -W warning man/*.[578]
	@if { mandoc -T lint man/*.[578] 2> /dev/null || true; } | grep -vE 'referenced manual not found|explicitly specified: Os netctl'; then exit 1; fi
	bash -n completions/netctl.bash
	zsh -n completions/_netctl
	fish -n completions/netctl.fish

.PHONY: build-tests
build-tests: test-packages
	swift build --build-tests

.PHONY: test-packages
test-packages:
	@$(PACKAGES) $(TEST_NEEDS)

.PHONY: bench
bench: ## compare the release executable with the kernel's own cost (root)
	@$(PACKAGES) $(BENCH_NEEDS)
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	python3 Tests/Benchmark/bench.py $(BINARY)

.PHONY: bench-compare
bench-compare: ## compare the run times of two executables, OLD and NEW (root)
	@$(PACKAGES) ip=iproute2 python3=python3 unshare=util-linux
	python3 -B Tests/Benchmark/compare.py $(OLD) $(NEW)

.PHONY: bench-overlay
bench-overlay: ## measure how soon 3 and 50 hosts know of an endpoint (root)
	@$(PACKAGES) $(BENCH_NEEDS) etcd=etcd-server etcdctl=etcd-client ping=iputils-ping
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	swift build $(RELEASE) --product netctl-server
	python3 -B Tests/Benchmark/overlay.py $(BINARY) $(SERVER)
	python3 -B Tests/Benchmark/overlay.py --hosts 50 --endpoints 1000 --senders 5 --interval 0.005 $(BINARY) $(SERVER)

.PHONY: bench-packets
bench-packets: ## compare the packet path of netctl's rules with Docker's (root)
	@$(PACKAGES) $(BENCH_NEEDS) iptables-nft-restore=iptables
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	python3 -B Tests/Benchmark/packets.py $(BINARY)

.PHONY: bench-names
bench-names: ## compare the name server with those that are installed (root)
	@$(PACKAGES) $(BENCH_NEEDS) dig=bind9-dnsutils dnsperf=dnsperf dnsmasq=dnsmasq-base
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	swift build $(RELEASE) --product netctl-server
	python3 -B Tests/Benchmark/names.py $(BINARY) $(SERVER)

.PHONY: trace-lab
trace-lab: ## run the table of faults that trace must find, in all modes (root)
	@$(PACKAGES) $(TEST_NEEDS)
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	for mode in "-4 --compare" -6 "-4 --busy" "-4 --disturb" "-4 --bridge-nf-call" "-6 --bridge-nf-call"; do \
	  python3 -B Tests/TraceTests/Lab/run.py $$mode $(BINARY); done

.PHONY: compare-docker
compare-docker: ## run random commands on netctl and on the Docker Engine of DOCKER_HOST (root)
	@$(PACKAGES) $(BUILD_NEEDS) ip=iproute2 python3=python3
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	python3 -B Tests/Comparison/compare.py $(COMPARE) $(BINARY)

.PHONY: compare-docker-names
compare-docker-names: ## ask the name servers of netctl and of the Docker Engine of DOCKER_HOST the same (root)
	@$(PACKAGES) $(BUILD_NEEDS) ip=iproute2 python3=python3 dig=bind9-dnsutils dnsmasq=dnsmasq-base
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	swift build $(RELEASE) --product netctl-server
	python3 -B Tests/Comparison/names.py $(BINARY) $(SERVER)

# libFuzzer is guided by what an input reaches. New inputs are kept below .build/fuzz; one that traps,
# hangs or takes too much memory ends the run and is kept as .build/fuzz/crash-… or the like.
.PHONY: fuzz
fuzz: ## search for inputs that break the parsers, for FUZZ_SECONDS
	@$(PACKAGES) $(BUILD_NEEDS)
	@$(LINK_STATIC)
	NETCTL_FUZZER=1 swift build --build-path $(FUZZ) -c release --static-swift-stdlib \
	  -debug-info-format none -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld \
	  -Xswiftc -L$(CURDIR)/$(STATIC) --product netctl-fuzzer
	@targets=(Tests/FuzzTests/Corpus/*); for corpus in "$${targets[@]}"; do \
	  export NETCTL_FUZZ_TARGET=$${corpus##*/}; found=$(FUZZ)/$$NETCTL_FUZZ_TARGET; \
	  mkdir -p $$found; $(FUZZER) --dictionary > $$found.dict; echo "== $$NETCTL_FUZZ_TARGET"; \
	  $(FUZZER) -dict=$$found.dict -artifact_prefix=$(FUZZ)/ -timeout=20 -rss_limit_mb=1024 \
	    -max_total_time=$$(($(FUZZ_SECONDS) / $${#targets[@]} + 1)) -verbosity=0 \
	    -print_final_stats=1 $$found $$corpus; \
	done

# So that `sudo make install` needs no compiler after `make`.
$(BINARY): Package.swift $(shell find Sources -type f)
	@$(PACKAGES) $(BUILD_NEEDS)
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl
	@touch -c $@

$(SERVER): Package.swift $(shell find Sources -type f)
	@$(PACKAGES) $(BUILD_NEEDS)
	@$(LINK_STATIC)
	swift build $(RELEASE) --product netctl-server
	@touch -c $@

.PHONY: docs
docs: build-tests ## build the documentation of all modules in .build/docs
	rm -rf $(SYMBOLS) && mkdir -p $(SYMBOLS)
	for module in $(MODULES); do \
	  swift symbolgraph-extract -module-name $$module -target $$(uname -m)-unknown-linux-gnu \
	    -I .build/debug/Modules -I Sources/Kernel/CLinux/include -I Sources/Kernel/CLibMNL \
	    -minimum-access-level package -output-dir $(SYMBOLS); \
	done
	docc convert Sources/Service/NetworkService/NetworkService.docc --warnings-as-errors \
	  --additional-symbol-graph-dir $(SYMBOLS) --output-path .build/docs \
	  --fallback-display-name netctl --fallback-bundle-identifier netctl

.PHONY: install
install: $(BINARY) $(SERVER) ## install below DESTDIR and PREFIX
	@$(PACKAGES) $(INSTALL_NEEDS)
	install -D -m 755 $(BINARY) $(INSTALLED_BINARY)
	strip -R .comment -R .note $(INSTALLED_BINARY)
	install -D -m 755 $(SERVER) $(INSTALLED_SERVER)
	strip -R .comment -R .note $(INSTALLED_SERVER)
	install -D -m 644 completions/netctl.bash $(INSTALLED_BASH)
	install -D -m 644 completions/_netctl $(INSTALLED_ZSH)
	install -D -m 644 completions/netctl.fish $(INSTALLED_FISH)
	install -D -m 644 -t $(INSTALLED_MAN)/man5 man/*.5
	install -D -m 644 -t $(INSTALLED_MAN)/man7 man/*.7
	install -D -m 644 -t $(INSTALLED_MAN)/man8 man/*.8
	install -D -m 644 .packaging/netctl-restore.service $(INSTALLED_UNIT)
	install -D -m 644 .packaging/netctl-agent.service $(INSTALLED_AGENT_UNIT)
	install -D -m 644 .packaging/netctl-dns.service $(INSTALLED_DNS_UNIT)
	install -D -m 644 .packaging/netctl-dns.socket $(INSTALLED_DNS_SOCKET)
	sed -i 's|@BINDIR@|$(PREFIX)/bin|' $(INSTALLED_UNIT) $(INSTALLED_AGENT_UNIT) $(INSTALLED_DNS_UNIT)
	install -D -m 644 .packaging/nftables.conf $(INSTALLED_DROP_IN)
	install -D -m 644 .packaging/netctl.network $(INSTALLED_NETWORKD)
	install -D -m 644 .packaging/netctl-networkmanager.conf $(INSTALLED_NETWORK_MANAGER)
	install -D -m 644 .packaging/netctl-oci-hook.json $(INSTALLED_HOOK)
	sed -i 's|@BINDIR@|$(PREFIX)/bin|' $(INSTALLED_HOOK)
	install -D -m 644 .packaging/netctl.conflist $(INSTALLED_CONFLIST)
	install -d "$(DESTDIR)$(CNI_FOLDER)"
	ln -sf $(PREFIX)/bin/netctl $(INSTALLED_CNI)

.PHONY: uninstall
uninstall: ## remove what install installed
	rm -f $(INSTALLED_BINARY) $(INSTALLED_BASH) $(INSTALLED_ZSH) $(INSTALLED_FISH) $(INSTALLED_UNIT)
	rm -f $(INSTALLED_SERVER) $(INSTALLED_AGENT_UNIT) $(INSTALLED_DNS_UNIT) $(INSTALLED_DNS_SOCKET)
	rm -f $(INSTALLED_DROP_IN) $(INSTALLED_NETWORKD) $(INSTALLED_NETWORK_MANAGER)
	rm -f $(INSTALLED_HOOK) $(INSTALLED_CONFLIST) $(INSTALLED_CNI)
	for section in 5 7 8; do (cd man; for page in *.$$section; do \
	  rm -f $(INSTALLED_MAN)/man$$section/$$page; done); done

.PHONY: deb
deb: $(BINARY) $(SERVER) ## build a Debian package below .build/deb
	@$(PACKAGES) $(DEB_NEEDS)
	rm -rf .build/deb
	$(MAKE) --no-print-directory install PREFIX=/usr DESTDIR=$(CURDIR)/.build/deb/netctl-network
	.packaging/build-deb .build/deb/netctl-network

.PHONY: clean
clean: ## remove all build products
	rm -rf .build

.PHONY: help
help: ## list these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | expand -t 16
