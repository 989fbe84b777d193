using FaceLoupe.Training.Commands;
using FaceLoupe.Training.Runs;

NativeHeap.KeepFreedMemory();
return TrainCommandLine.Run(args);
