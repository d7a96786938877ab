/** Starts a runnable jar on a Java that is new enough, whichever {@code java} was asked to. */
@NullMarked
package io.pharos.launcher;

import org.jspecify.annotations.NullMarked;
