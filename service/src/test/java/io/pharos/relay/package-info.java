@NullMarked
package io.pharos.relay;

import org.jspecify.annotations.NullMarked;
