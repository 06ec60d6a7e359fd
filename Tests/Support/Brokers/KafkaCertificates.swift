import Foundation

/// Certificates for a cluster on loopback: an authority of its own, and what it has signed.
enum KafkaCertificates {
  /// Makes `ca.pem` and `server.pem`, a key with its certificates, in a folder.
  static func make(in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = """
      set -e
      openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 \
        -subj "/CN=saldo test authority"
      openssl req -newkey rsa:2048 -nodes -keyout s.key -out s.csr -subj /CN=127.0.0.1
      echo subjectAltName=IP:127.0.0.1,DNS:localhost >e
      openssl x509 -req -in s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out s.pem -days 30 \
        -extfile e
      openssl pkcs8 -topk8 -nocrypt -in s.key -out s8.key
      cat s8.key s.pem ca.pem >server.pem
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BrokerError.missing("openssl, which makes the certificates of a test")
    }
  }
}
