/// What a script begins with that mounts a disk of its own: it goes on as root of a namespace.
enum OwnDisk {
  /// It ends with 77 where there may be none, as within a container or a changed root.
  static let script = """
    if [ -z "${INSIDE:-}" ]; then
      export INSIDE=1
      unshare --user --map-root-user --mount true || exit 77
      exec unshare --user --map-root-user --mount bash -c "$BASH_EXECUTION_STRING" "$0" "$@"
    fi
    """
}
