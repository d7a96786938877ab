/** Tests of who is there, who comes and who goes. */
@org.jspecify.annotations.NullMarked
package io.pharos.presence;
