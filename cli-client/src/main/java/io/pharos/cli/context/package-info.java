/** Named servers with their tokens, kept in the user's configuration folder. */
@NullMarked
package io.pharos.cli.context;

import org.jspecify.annotations.NullMarked;
