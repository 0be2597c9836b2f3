# Compiler settings shared by every target: C++23, warnings as errors, sanitizers by preset.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(WAGETRAIL_TESTS "Build the tests, the simulator and the benchmark" ON)
option(WAGETRAIL_FUZZ "Build the libFuzzer targets (clang only)" OFF)
set(WAGETRAIL_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(wagetrail_options INTERFACE)
target_include_directories(wagetrail_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(wagetrail_options INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Wold-style-cast -Woverloaded-virtual -Wnull-dereference -Wdouble-promotion
    -Wimplicit-fallthrough -Wswitch-enum
    # Designated initialisers leave out members whose defaults are meant.
    -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Clang blames us for what libstdc++ 12 uses inside std::stable_sort.
    target_compile_options(wagetrail_options INTERFACE -Wno-deprecated-declarations)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 reports impossible paths through std::vector and std::string at -O2 under these names.
    target_compile_options(wagetrail_options INTERFACE
        -Wno-null-dereference -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
        -Wno-restrict -Wno-maybe-uninitialized)
else()
    # std::expected of GCC 12 compares by a template that clang finds ambiguous with its own reverse.
    # A designated initialiser leaves the other members at their defaults on purpose, as GCC accepts.
    target_compile_options(wagetrail_options INTERFACE
        -Wno-ambiguous-reversed-operator -Wno-missing-designated-field-initializers)
endif()
if(WAGETRAIL_SANITIZE)
    add_compile_options(-fsanitize=${WAGETRAIL_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${WAGETRAIL_SANITIZE})
    if(WAGETRAIL_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
    if(WAGETRAIL_SANITIZE MATCHES "thread")
        # The thread sanitizer does not know fences; Asio has locks in the same places.
        add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    endif()
endif()
if(WAGETRAIL_FUZZ)
    # Coverage in every library; the fuzzer's own main comes with each target of tests/fuzz.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_link_options(-fuse-ld=mold)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_link_options(-fuse-ld=lld)
endif()

# wagetrail_library(NAME SOURCES... [LINKS targets...]): one static library of one layer.
function(wagetrail_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    if(NOT ARG_SOURCES)
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE wagetrail_options ${ARG_PUBLIC})
        return()
    endif()
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC wagetrail_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# jemalloc takes a tenth of a sync's time and a sixth of its memory away. Sanitizers bring their own.
function(wagetrail_use_fast_allocator program)
    if(NOT WAGETRAIL_SANITIZE)
        # Nothing names its symbols, so the linker would leave it out.
        target_link_libraries(${program} PRIVATE -Wl,--no-as-needed PkgConfig::JEMALLOC -Wl,--as-needed)
    endif()
endfunction()
