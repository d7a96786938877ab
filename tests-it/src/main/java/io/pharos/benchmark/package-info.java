/**
 * Compares Pharos with other servers; no part of any product. Run by {@code
 * tests-it/benchmark/compare}.
 */
@NullMarked
package io.pharos.benchmark;

import org.jspecify.annotations.NullMarked;
