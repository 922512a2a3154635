namespace PetShop.Demo;

/// <summary>A hash that is the same on every machine and in every run, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a with a final mix, so that texts that differ in one letter land far apart.</summary>
    public static ulong Of(string text, ulong salt = 0)
    {
        var hash = 14695981039346656037UL ^ (salt * 0x9E3779B97F4A7C15UL);
        foreach (var letter in text)
            hash = (hash ^ letter) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        return hash ^ (hash >> 29);
    }

    /// <summary>One of <paramref name="options"/>, always the same one for the same text.</summary>
    public static T Pick<T>(IReadOnlyList<T> options, string text, ulong salt = 0) => options[(int)(Of(text, salt) % (ulong)options.Count)];

    /// <summary>A whole number from 0 to <paramref name="bound"/> - 1.</summary>
    public static int Below(int bound, string text, ulong salt = 0) => (int)(Of(text, salt) % (ulong)bound);
}
