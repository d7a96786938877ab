/** How a command ends: exit codes, and failures that say what to do next. */
@NullMarked
package io.pharos.cli.failure;

import org.jspecify.annotations.NullMarked;
