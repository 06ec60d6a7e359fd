import Foundation

/// A certificate for `localhost` that is good for a hundred years, and of no use but here.
public enum Certificate {
  /// A new folder with the files: `certificate.pem` and `key.pem`.
  public static func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try certificate.write(toFile: folder + "/certificate.pem", atomically: true, encoding: .utf8)
    try key.write(toFile: folder + "/key.pem", atomically: true, encoding: .utf8)
    return folder
  }

  private static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBlDCCATugAwIBAgIUfLigdqs/zJ7FDeADWzkvxkOUm3YwCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDAwMjEwM1oYDzIxMjYxMTA2
    MDAyMTAzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
    PQMBBwNCAAT7sSvDjCEvOGZArh1zFTCKSWUuVPT7DJqrBUcr5hIpFU3afjX/qaOu
    XCfCKFnM9Zkzm64WKEs8qmrTuKlOjUAmo2kwZzAdBgNVHQ4EFgQUsuAj+TmdX9hC
    E3UBLnWeCx2JkpowHwYDVR0jBBgwFoAUsuAj+TmdX9hCE3UBLnWeCx2JkpowDwYD
    VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
    RwAwRAIgH869L1pFB1tFwLzDby++BvFnkNdgfnF1suPb+ZmiO2gCIGTLcv57Y9Ad
    syazxv1qWpA+G/kKLPibc5SUakXpEfUa
    -----END CERTIFICATE-----
    """

  private static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUSk48twi4g7WrvmE
    24+JbConEuooDvLICGz6jxzGuOOhRANCAAT7sSvDjCEvOGZArh1zFTCKSWUuVPT7
    DJqrBUcr5hIpFU3afjX/qaOuXCfCKFnM9Zkzm64WKEs8qmrTuKlOjUAm
    -----END PRIVATE KEY-----
    """

  /// The same key, encrypted with a passphrase (PEM).
  public static let encryptedKey = """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjXDx0BW31YCAICA+gw
    DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJ0CzARd/F7LDeBMyC7hp2gEgZBb
    365esEVxiDn+evg2z4e60yhbdORzRgaGifSufczh9rl5QxqdCfUD6/uOVsQcR00U
    umCtFcZ/uU5ZZ/vTy/9mceTvy1Esr2r8zIw7w28fAYzzBVkQNLqcJTlWStGdNZpL
    y/sPgxMIHDFjWBRtefjagYgpXxmUHlvbR66uOJKqJF+d9zB53HfOeS4EQjxaU0c=
    -----END ENCRYPTED PRIVATE KEY-----
    """
}
