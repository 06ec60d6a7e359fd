import CSQLite
import Foundation

/// What stands between SQLite and the operating system, and fails one call of those that change
/// files: the Nth, once or from then on. It belongs to one connection at a time.
final class FailingSystem {
  /// What fails.
  struct Fault {
    /// Which of the calls, from 1.
    var call: Int
    /// SQLite's code for it.
    var code: Int32
    /// Whether those after it fail as well.
    var isLasting: Bool
  }

  /// The name that SQLite knows it by.
  let name: String
  /// How many calls there were since the fault was set.
  private(set) var calls = 0
  var fault: Fault? { didSet { calls = 0 } }
  /// Whether the fault's call has come.
  var hasFailed: Bool { fault.map { calls >= $0.call } ?? false }

  private let memory: UnsafeMutablePointer<sqlite3_vfs>
  private let named: UnsafeMutablePointer<CChar>
  fileprivate let real: UnsafeMutablePointer<sqlite3_vfs>
  fileprivate let methods: UnsafeMutablePointer<sqlite3_io_methods>

  init() throws {
    name = "failing-\(UUID())"
    guard let real = sqlite3_vfs_find(nil), let named = strdup(name) else {
      throw CocoaError(.featureUnsupported)
    }
    (self.real, self.named) = (real, named)
    methods = .allocate(capacity: 1)
    methods.initialize(to: FailingFile.methods)
    memory = .allocate(capacity: 1)
    memory.initialize(to: real.pointee)
    memory.pointee.pNext = nil
    memory.pointee.zName = UnsafePointer(named)
    memory.pointee.szOsFile = Int32(FailingFile.size) + real.pointee.szOsFile
    memory.pointee.pAppData = Unmanaged.passUnretained(self).toOpaque()
    memory.pointee.xOpen = { FailingSystem.of($0).open($1, $2, $3, $4) }
    memory.pointee.xDelete = { vfs, path, synchronize in
      let system = FailingSystem.of(vfs)
      return system.next() ?? system.real.pointee.xDelete(system.real, path, synchronize)
    }
    sqlite3_vfs_register(memory, 0)
  }

  deinit {
    sqlite3_vfs_unregister(memory)
    memory.deallocate()
    methods.deallocate()
    free(named)
  }

  /// The code of a call that fails; nil if it does not.
  fileprivate func next() -> Int32? {
    calls += 1
    guard let fault, calls == fault.call || fault.isLasting && calls > fault.call else {
      return nil
    }
    return fault.code
  }

  private static func of(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> FailingSystem {
    guard let system = vfs?.pointee.pAppData else { preconditionFailure("a call without its VFS") }
    return Unmanaged<FailingSystem>.fromOpaque(system).takeUnretainedValue()
  }

  private func open(
    _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ outFlags: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    let opened = FailingFile(file)
    opened.methods = nil
    // What is in a name that is only asked for does not change.
    if flags & SQLITE_OPEN_CREATE != 0, let code = next() { return code }
    let result = real.pointee.xOpen(real, path, opened.real, flags, outFlags)
    if opened.real.pointee.pMethods != nil {
      opened.system = self
      opened.methods = UnsafePointer(methods)
    }
    return result
  }
}

/// SQLite's handle of a file: its methods, who fails it, and the real file's handle behind both.
private struct FailingFile {
  static let size = 2 * MemoryLayout<UnsafeRawPointer>.size

  private let start: UnsafeMutableRawPointer

  init(_ file: UnsafeMutablePointer<sqlite3_file>?) {
    guard let file else { preconditionFailure("a call without its file") }
    start = UnsafeMutableRawPointer(file)
  }

  /// What SQLite calls; it closes a file that has them.
  var methods: UnsafePointer<sqlite3_io_methods>? {
    get { start.assumingMemoryBound(to: sqlite3_file.self).pointee.pMethods }
    nonmutating set { start.assumingMemoryBound(to: sqlite3_file.self).pointee.pMethods = newValue }
  }

  var real: UnsafeMutablePointer<sqlite3_file> {
    (start + Self.size).assumingMemoryBound(to: sqlite3_file.self)
  }

  var system: FailingSystem {
    get {
      let pointer = start.load(fromByteOffset: Self.size / 2, as: UnsafeRawPointer.self)
      return Unmanaged<FailingSystem>.fromOpaque(pointer).takeUnretainedValue()
    }
    nonmutating set {
      start.storeBytes(
        of: Unmanaged.passUnretained(newValue).toOpaque(), toByteOffset: Self.size / 2,
        as: UnsafeMutableRawPointer.self)
    }
  }

  var calls: sqlite3_io_methods { real.pointee.pMethods.pointee }

  /// Those that change a file may fail; the others pass through.
  static let methods = sqlite3_io_methods(
    iVersion: 2,
    xClose: { FailingFile($0).calls.xClose(FailingFile($0).real) },
    xRead: { FailingFile($0).calls.xRead(FailingFile($0).real, $1, $2, $3) },
    xWrite: {
      FailingFile($0).system.next()
        ?? FailingFile($0).calls.xWrite(FailingFile($0).real, $1, $2, $3)
    },
    xTruncate: {
      FailingFile($0).system.next()
        ?? FailingFile($0).calls.xTruncate(FailingFile($0).real, $1)
    },
    xSync: {
      FailingFile($0).system.next() ?? FailingFile($0).calls.xSync(FailingFile($0).real, $1)
    },
    xFileSize: { FailingFile($0).calls.xFileSize(FailingFile($0).real, $1) },
    xLock: { FailingFile($0).calls.xLock(FailingFile($0).real, $1) },
    xUnlock: { FailingFile($0).calls.xUnlock(FailingFile($0).real, $1) },
    xCheckReservedLock: { FailingFile($0).calls.xCheckReservedLock(FailingFile($0).real, $1) },
    xFileControl: { FailingFile($0).calls.xFileControl(FailingFile($0).real, $1, $2) },
    xSectorSize: { FailingFile($0).calls.xSectorSize(FailingFile($0).real) },
    xDeviceCharacteristics: {
      FailingFile($0).calls.xDeviceCharacteristics(FailingFile($0).real)
    },
    xShmMap: { FailingFile($0).calls.xShmMap(FailingFile($0).real, $1, $2, $3, $4) },
    xShmLock: { FailingFile($0).calls.xShmLock(FailingFile($0).real, $1, $2, $3) },
    xShmBarrier: { FailingFile($0).calls.xShmBarrier(FailingFile($0).real) },
    xShmUnmap: { FailingFile($0).calls.xShmUnmap(FailingFile($0).real, $1) },
    xFetch: nil, xUnfetch: nil)
}
