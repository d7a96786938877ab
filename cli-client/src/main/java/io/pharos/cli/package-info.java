/** The {@code pharos} command: one class for each sub-command. */
@NullMarked
package io.pharos.cli;

import org.jspecify.annotations.NullMarked;
