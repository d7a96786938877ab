/** What a run brought to light, for people and for programs. */
@NullMarked
package io.pharos.cli.bench.report;

import org.jspecify.annotations.NullMarked;
