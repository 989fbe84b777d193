using FaceLoupe.Training.Cli;
using FaceLoupe.Training.Native;

NativeHeap.KeepFreedMemory();
return TrainCommandLine.Run(args);
