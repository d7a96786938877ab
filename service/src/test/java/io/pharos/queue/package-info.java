@NullMarked
package io.pharos.queue;

import org.jspecify.annotations.NullMarked;
