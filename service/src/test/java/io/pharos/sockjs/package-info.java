@NullMarked
package io.pharos.sockjs;

import org.jspecify.annotations.NullMarked;
