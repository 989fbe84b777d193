namespace FaceLoupe.Training.Configuration;

/// <summary>Options with rules that data annotations cannot say, such as of two values together.</summary>
internal interface IValidated
{
    /// <summary>
    /// One phrase for each fault, beginning with the key as it stands in the file:
    /// "learningRate must be above 0, was -1". The path to this object is put in front by the reader.
    /// </summary>
    IEnumerable<string> Faults();
}
