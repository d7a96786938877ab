/** What is done to the servers. */
@NullMarked
package io.pharos.benchmark.load;

import org.jspecify.annotations.NullMarked;
