package io.pharos.cli.api;

/** A server and what to log in with there. */
public record Login(ServerAddress server, TokenSource tokens) {}
