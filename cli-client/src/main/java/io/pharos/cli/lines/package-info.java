/** Publishing lines as they arrive: gathered into batches while one is on its way. */
@NullMarked
package io.pharos.cli.lines;

import org.jspecify.annotations.NullMarked;
