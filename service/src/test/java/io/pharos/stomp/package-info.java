@NullMarked
package io.pharos.stomp;

import org.jspecify.annotations.NullMarked;
