package io.pharos.cli.lines;

import io.pharos.message.Body;

/**
 * A line of input.
 *
 * @param number counted from 1
 * @param body without its end
 */
public record Line(long number, Body body) {}
