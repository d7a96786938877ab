/** What a command sees of its surroundings: streams, variables, signals. */
@NullMarked
package io.pharos.cli.terminal;

import org.jspecify.annotations.NullMarked;
