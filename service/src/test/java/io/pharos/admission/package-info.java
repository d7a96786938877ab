@NullMarked
package io.pharos.admission;

import org.jspecify.annotations.NullMarked;
