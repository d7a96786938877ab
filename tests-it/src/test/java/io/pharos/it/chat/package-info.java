/** The chat of the README: an application that is built on Pharos. */
@NullMarked
package io.pharos.it.chat;

import org.jspecify.annotations.NullMarked;
