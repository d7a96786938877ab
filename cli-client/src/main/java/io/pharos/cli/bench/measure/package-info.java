/** What is to be sent when, what came, and what it cost. */
@NullMarked
package io.pharos.cli.bench.measure;

import org.jspecify.annotations.NullMarked;
