/** What came out, kept as JSON and written as a page. */
@NullMarked
package io.pharos.benchmark.report;

import org.jspecify.annotations.NullMarked;
