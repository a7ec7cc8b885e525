# Thin: the work is done by dev/ and the CMake presets.
.PHONY: help run test check bench score fmt install clean
prefix ?= /usr/local

help:
	@echo 'make run      install what is missing, build, start the demonstration (http://localhost:8080)'
	@echo 'make test     install what is missing, build, run every test'
	@echo 'make check    everything: format, lint, sanitizers, fuzzing (long); dev/check is the quick one'
	@echo 'make bench    measure; figures go to build/bench/summary.json'
	@echo 'make score    score the tracker beside others (needs ../shared; ten minutes, dev/score --quick one or two)'
	@echo 'make fmt      format the C++ sources'
	@echo 'make install  install what make run built (prefix=/usr/local, DESTDIR=)'
	@echo 'make clean    remove everything that was built'

run:
	@dev/setup build web
	@dev/build release headland
	@dev/build-web
	@exec build/release/src/app/headland demo

test:
	@dev/setup build web test
	@dev/build-web
	@dev/build release
	@ctest --preset release

check:
	@dev/check --all

bench:
	@dev/setup build bench
	@dev/bench

score:
	@dev/setup build test
	@dev/score

fmt:
	@dev/format

install:
	@dev/build release headland
	@cmake --install build/release --prefix $(prefix)

clean:
	@rm -rf build web/dist web/node_modules
