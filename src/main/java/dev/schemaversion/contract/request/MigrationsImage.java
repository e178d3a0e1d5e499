package dev.schemaversion.contract.request;

/**
 * An image with migrations.
 *
 * @param reference the reference of the image, for messages
 * @param path the absolute path of the folder inside the image
 */
public record MigrationsImage(String reference, String path) {}
