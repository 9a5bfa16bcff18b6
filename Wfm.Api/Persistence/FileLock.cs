namespace Wfm.Api.Persistence;

/// <summary>A file beside an SQLite store that one process holds at a time; the system frees it when that process ends, however it ends.</summary>
internal static class FileLock
{
    private static readonly int[] SharingViolations = [11, 35, unchecked((int)0x80070020)]; // EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION

    /// <summary>The file that is held while a store is migrated, or replaced.</summary>
    public static string OfStart(string store) => $"{store}-start";

    /// <summary>The file that is held by whoever runs the jobs of a store.</summary>
    public static string OfWorker(string store) => $"{store}-worker";

    /// <returns>To be kept for as long as the lock is needed; null while another process holds it.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static FileStream? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (SharingViolations.Contains(e.HResult))
        {
            return null;
        }
    }
}
