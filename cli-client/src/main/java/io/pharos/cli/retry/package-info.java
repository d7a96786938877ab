/** Trying again: how long to wait, and when to give up. */
@NullMarked
package io.pharos.cli.retry;

import org.jspecify.annotations.NullMarked;
