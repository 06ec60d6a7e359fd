import EventLog
import Testing

@Suite struct Murmur2Tests {
  /// The reference values of the Java client's own test.
  @Test(
    arguments: [
      ("21", -973_932_308), ("foobar", -790_332_482),
      ("a-little-bit-long-string", -985_981_536),
      ("a-little-bit-longer-string", -1_486_304_829),
      ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
      ("abc", 479_470_107),
    ] as [(String, Int32)])
  func hashesAsTheJavaClientDoes(_ key: String, _ expected: Int32) {
    #expect(Array(key.utf8).withUnsafeBytes { Murmur2.hash($0) } == expected)
    // The Java client clears the sign and takes the remainder.
    #expect(Murmur2.partition(of: key, count: 12) == (expected & .max) % 12)
  }

  @Test func theHashDoesNotDependOnAlignment() {
    let key = Array("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8".utf8)
    for shift in 0..<8 {
      let shifted = [UInt8](repeating: 0, count: shift) + key
      let hash = shifted.withUnsafeBytes {
        Murmur2.hash(UnsafeRawBufferPointer(rebasing: $0[shift...]))
      }
      #expect(hash == -58_897_971)
    }
  }

  @Test func everyPartitionIsInRange() {
    for number in 0..<2_000 {
      #expect((0..<7).contains(Murmur2.partition(of: "part-\(number)", count: 7)))
    }
  }
}
