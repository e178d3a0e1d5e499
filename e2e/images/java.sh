# Java in an image. Sourced by build.
# shellcheck shell=bash
