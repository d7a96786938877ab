/** What an application sees of the broker that is relayed to. */
@NullMarked
package io.pharos.it.relayed;

import org.jspecify.annotations.NullMarked;
